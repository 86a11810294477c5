namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>One of the three samples of each pixel of a frame.</summary>
/// <param name="Start">The sample of the top left pixel.</param>
/// <param name="Row">Bytes from one row of samples to the next; negative for frames stored from the bottom.</param>
/// <param name="Step">Bytes from one sample of a row to the next.</param>
internal readonly unsafe record struct SamplePlane(nint Start, nint Row, nint Step)
{
    public SamplePlane(byte* start, nint row, nint step)
        : this((nint)start, row, step)
    {
    }

    /// <summary>The sample's first byte.</summary>
    public byte* At(int x, int y) => (byte*)Start + (y * Row) + (x * Step);
}
