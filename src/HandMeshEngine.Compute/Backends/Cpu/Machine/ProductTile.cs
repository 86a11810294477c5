namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// A register tile as a description, from which <see cref="ProductTileWriter"/> makes machine code: the twin of the generated C# tiles with
/// everything that a layer fixes as a constant. Tiles are equal if their code is.
/// </summary>
/// <param name="Arithmetic">What is multiplied.</param>
/// <param name="Pixels">Pixels.</param>
/// <param name="Vectors">Vectors of 16 output channels.</param>
/// <param name="Lanes">Channels that are stored of the last vector.</param>
/// <param name="Segments">Where each run of adjacent inputs begins, in units of 4 bytes from the first.</param>
/// <param name="Length">Steps of a segment.</param>
internal sealed record ProductTile(Arithmetic Arithmetic, int Pixels, int Vectors, int Lanes, TileSegments Segments, int Length)
{
    /// <summary>Floats of a vector.</summary>
    public const int Width = 16;

    /// <summary>Whether a residual is added.</summary>
    public bool HasResidual { get; init; }

    /// <summary>Whether there are slopes below zero.</summary>
    public bool HasSlope { get; init; }

    /// <summary>Whether results have a lower bound.</summary>
    public bool HasLow { get; init; }

    /// <summary>Whether results have an upper bound.</summary>
    public bool HasHigh { get; init; }

    /// <summary>Whether results are stored as bf16.</summary>
    public bool StoresBFloat16 { get; init; }

    /// <summary>Whether the lines of the output are asked for at the start: they are in no near cache.</summary>
    public bool OutputIsFar { get; init; }

    /// <summary>Whether other weights are asked for on the way, one line at each step.</summary>
    public bool Prefetches { get; init; }
}
