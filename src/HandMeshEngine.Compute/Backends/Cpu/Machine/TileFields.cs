namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>Where the fields of a <see cref="TileCall"/> lie in it.</summary>
internal static unsafe class TileFields
{
    static TileFields()
    {
        TileCall call;
        byte* start = (byte*)&call;
        int At(void* field) => (int)((byte*)field - start);
        Tiles = At(&call.Tiles);
        Input = At(&call.Input);
        InputRows = At(&call.InputRows);
        Weights = At(&call.Weights);
        Ahead = At(&call.Ahead);
        Bias = At(&call.Bias);
        Slope = At(&call.Slope);
        Low = At(&call.Low);
        High = At(&call.High);
        Residual = At(&call.Residual);
        ResidualRows = At(&call.ResidualRows);
        Output = At(&call.Output);
        OutputRows = At(&call.OutputRows);
    }

    public static int Tiles { get; }

    public static int Input { get; }

    public static int InputRows { get; }

    public static int Weights { get; }

    public static int Ahead { get; }

    public static int Bias { get; }

    public static int Slope { get; }

    public static int Low { get; }

    public static int High { get; }

    public static int Residual { get; }

    public static int ResidualRows { get; }

    public static int Output { get; }

    public static int OutputRows { get; }
}
