using System.Numerics;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// How the kernels want values to lie: channels side by side, each pixel padded with zeros to a multiple of 8 channels, so that fp16
/// is read in groups of 16 bytes. Matrices of fewer channels are not padded.
/// </summary>
internal static class Layout
{
    /// <summary>Channels that are read at once: 16 bytes of fp16.</summary>
    public const int Group = 8;

    extension(View view)
    {
        /// <summary>The element type's name in kernels.</summary>
        public string TypeName => view.IsHalf ? "half_t" : "float";

        /// <summary>The parameter of a launch that reads the value.</summary>
        public Pointer Pointer => new(view.Buffer, view.Offset * view.ElementBytes);

        /// <summary>The parameter of a launch that writes the value.</summary>
        public Pointer Target => view.Pointer with { IsWritten = true };

        /// <summary>Elements from one pixel to the next, where the value is a matrix.</summary>
        public int Pitch => view.PixelPitch ?? Padded(view.Stored);

        /// <summary>Whether pixels can be read in groups of 8 channels.</summary>
        public bool IsAligned => view.IsMatrix && view.Pitch % Group == 0 && view.Offset % Group == 0 && view.Stored == Padded(view.Channels);

        /// <summary>Channels that can be read or written at once: pixels, pitch and start are multiples of as many, at most <see cref="Group"/>.</summary>
        public int Run => 1 << Math.Min(3, BitOperations.TrailingZeroCount((uint)(view.Stored | view.Pitch | (int)(view.Offset % Group))));

        /// <summary>The value as readers see it that take high halves only.</summary>
        public View High() => view.IsSplit ? view with { Low = 0 } : view;
    }

    /// <summary>How many steps cover a value.</summary>
    public static int Ceiling(int value, int step) => (value + step - 1) / step;

    /// <summary>Bytes of some values, padding not counted.</summary>
    public static long BytesOf(params ReadOnlySpan<View> views)
    {
        long bytes = 0;
        foreach (View view in views)
        {
            bytes += (long)view.Shape.Count * view.ElementBytes * (view.IsSplit ? 2 : 1);
        }

        return bytes;
    }

    /// <summary>Channels rounded up to whole groups.</summary>
    public static int Padded(int channels) => (channels + Group - 1) / Group * Group;

    /// <summary>Elements of a fresh value with its padding.</summary>
    public static long FreshCount(Shape shape)
    {
        int channels = View.ChannelsOf(shape);
        return (long)shape.Count / Math.Max(channels, 1) * FreshPitch(shape);
    }

    /// <summary>A value at the start of a buffer of <see cref="FreshCount"/> elements.</summary>
    public static View Fresh(PlanBuffer buffer, bool isHalf, Shape shape)
    {
        int pitch = FreshPitch(shape);
        return View.OfPixels(buffer, shape, pitch) with { IsHalf = isHalf, Stored = pitch };
    }

    /// <summary>A map split in halves at the start of a buffer of twice <see cref="FreshCount"/> halves: the low ones of a pixel behind its high ones.</summary>
    public static View Split(PlanBuffer buffer, Shape map)
    {
        int padded = Padded(map[1]);
        return View.OfPixels(buffer, map, 2 * padded) with { IsHalf = true, Stored = padded, Low = padded };
    }

    private static int FreshPitch(Shape shape)
    {
        int channels = View.ChannelsOf(shape);
        return shape.Rank != 4 && channels < Group ? channels : Padded(channels);
    }
}
