using System.Runtime.CompilerServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The source of a warp behind one reader: bytes of an image, or floats of the map of an earlier warp.</summary>
internal unsafe struct WarpPixels
{
    /// <summary>Pixels of an image, or null.</summary>
    public byte* Bytes;

    /// <summary>Pixels of a map, or null.</summary>
    public float* Floats;

    public int Width;

    public int Height;

    public long RowStride;

    public int PixelStride;

    /// <summary>Offset of red in a pixel.</summary>
    public int Red;

    /// <summary>True: indices are clamped to the image; false: taps outside are 0.</summary>
    public bool Replicates;

    /// <summary>One element; channel 0 is red.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Tap(int channel, double column, double row)
    {
        if (Replicates)
        {
            column = Math.Clamp(column, 0, Width - 1);
            row = Math.Clamp(row, 0, Height - 1);
        }
        else if (!(column >= 0 && column < Width && row >= 0 && row < Height))
        {
            return 0;
        }

        long offset = ((long)row * RowStride) + ((long)column * PixelStride) + (channel == 0 ? Red : channel == 2 ? 2 - Red : 1);
        return Bytes != null ? Bytes[offset] : Floats[offset];
    }
}
