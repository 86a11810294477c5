namespace HandMeshEngine.Checkpoints.Tflite;

/// <summary>Reads one operator: its tensors, and its options as text in one fixed spelling.</summary>
internal static class TfliteOperatorReader
{
    private const int MostOperands = 16;

    /// <summary>Reads an operator.</summary>
    /// <exception cref="CheckpointException">A tensor does not exist, or an option has a value that is not supported.</exception>
    public static TfliteOperator Read(FlatTable table, TfliteOp[] codes, TfliteTensor[] tensors, string file)
    {
        int code = table.Int32(0);
        if ((uint)code >= (uint)codes.Length)
        {
            throw new CheckpointException(file, $"operator code number {code} does not exist: the file has {codes.Length}", offset: table.Position);
        }

        int[] inputs = table.Int32s(1, MostOperands);
        foreach (int input in inputs)
        {
            if (input != -1)
            {
                TfliteFile.CheckIndex(input, tensors.Length, table.Position, file);
            }
        }

        int[] outputs = table.Int32s(2, MostOperands);
        if (outputs.Length != 1 || inputs.Length == 0 || inputs[0] == -1)
        {
            throw new CheckpointException(
                file, $"{codes[code]} has {inputs.Length} inputs and {outputs.Length} outputs; one output is expected", offset: table.Position);
        }

        TfliteFile.CheckIndex(outputs[0], tensors.Length, table.Position, file);
        return new TfliteOperator(codes[code], inputs, outputs[0], Attributes(codes[code], table, tensors, inputs, file));
    }

    private static string Attributes(TfliteOp op, FlatTable operation, TfliteTensor[] tensors, int[] inputs, string file)
    {
        if (operation.Table(4) is not FlatTable options)
        {
            // Convolutions and pools need their options; the others' defaults are the plain operation.
            return op is TfliteOp.Conv2D or TfliteOp.DepthwiseConv2D or TfliteOp.MaxPool2D
                ? throw new CheckpointException(file, $"{op} has no options", offset: operation.Position)
                : "";
        }

        switch (op)
        {
            case TfliteOp.Conv2D:
                Require(options.Int32(4, 1) == 1 && options.Int32(5, 1) == 1, op, "dilation", options, file);
                return $"stride={options.Int32(2)},{options.Int32(1)} padding={Padding(options, file)} act={Activation(options, 3, file)}";
            case TfliteOp.DepthwiseConv2D:
                Require(options.Int32(5, 1) == 1 && options.Int32(6, 1) == 1, op, "dilation", options, file);
                Require(options.Int32(3, 1) == 1, op, "a depth multiplier", options, file);
                return $"stride={options.Int32(2)},{options.Int32(1)} padding={Padding(options, file)} act={Activation(options, 4, file)}";
            case TfliteOp.MaxPool2D:
                Require(Activation(options, 5, file) == "none", op, "an activation", options, file);
                Require(Covers(tensors[inputs[0]].Shape, options), op, "padding", options, file);
                return $"kernel={options.Int32(4)},{options.Int32(3)} stride={options.Int32(2)},{options.Int32(1)}";
            case TfliteOp.ResizeBilinear:
                return $"align_corners={options.Byte(2)} half_pixel_centers={options.Byte(3)}";
            case TfliteOp.Concatenation:
                Require(Activation(options, 1, file) == "none", op, "an activation", options, file);
                return $"axis={options.Int32(0)}";
            case TfliteOp.Add or TfliteOp.FullyConnected:
                Require(Activation(options, 0, file) == "none", op, "an activation", options, file);
                return "";
            case TfliteOp.Mean:
                Require(options.Byte(0) == 0, op, "kept dimensions", options, file);
                return "";
            default:
                return "";
        }
    }

    // Then SAME and VALID are the same thing.
    private static bool Covers(Shape input, FlatTable options) =>
        input.Rank == 4 && options.Int32(2) > 0 && options.Int32(1) > 0
        && options.Int32(4) == options.Int32(2) && options.Int32(3) == options.Int32(1)
        && input[1] % options.Int32(2) == 0 && input[2] % options.Int32(1) == 0;

    private static string Padding(FlatTable options, string file) => options.Byte(0) switch
    {
        0 => "SAME",
        1 => "VALID",
        byte other => throw new CheckpointException(file, $"padding mode {other} does not exist", offset: options.Position),
    };

    private static string Activation(FlatTable options, int field, string file) => options.Byte(field) switch
    {
        0 => "none",
        1 => "relu",
        3 => "relu6",
        byte other => throw new CheckpointException(file, $"the fused activation {other} is not supported", offset: options.Position),
    };

    private static void Require(bool condition, TfliteOp op, string what, FlatTable options, string file)
    {
        if (!condition)
        {
            throw new CheckpointException(file, $"{op} with {what} is not supported", offset: options.Position);
        }
    }
}
