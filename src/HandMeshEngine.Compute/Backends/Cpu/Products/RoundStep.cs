using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Rounds a map to pairs of bf16, as products in bf16 read it.</summary>
internal sealed unsafe class RoundStep : RowRangeStep
{
    private const int TaskWork = 32 * 1024;

    private readonly View _input;
    private readonly View _output;
    private readonly MachineFunction _function;
    private readonly bool _byRows;

    public RoundStep(MachineCode code, View input, View output, int threads)
        : base(input.Rows, (long)input.Width * input.Channels, TaskWork, threads)
    {
        _input = input;
        _output = output;

        // Pixels without gaps are one run.
        _byRows = input.PixelStride == input.Channels && output.PixelStride == output.Channels;
        var description = new RoundingWriter.Description(_byRows ? input.Width * input.Channels : input.Channels);
        _function = code.Function(description, assembler => RoundingWriter.Write(assembler, description, OperatingSystem.IsWindows()));
    }

    public override string Describe() => $"round {_input} -> {_output} bf16";

    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, _input.Height);
            RoundedRows rows;
            rows.From = _input.Data + ((long)n * _input.ImageStride) + ((long)y * _input.RowStride);
            rows.To = _output.Data + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride);
            rows.Runs = _byRows ? 1 : _input.Width;
            rows.FromStep = (nint)_input.PixelStride * sizeof(float);
            rows.ToStep = (nint)_output.PixelStride * sizeof(float);
            _function.Run(&rows);
        }
    }
}
