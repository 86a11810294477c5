using System.Numerics;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>
/// Where a floating-point value lies on the device. Fresh values are rows of channels: maps [N, C, H, W] as NHWC, others as
/// they are, each row padded with zeros to a multiple of 8 channels (short rows of matrices excepted). Transpositions, slices and
/// reshapes are other places in the same buffer.
/// </summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Offset">Elements before the first.</param>
/// <param name="IsHalf">fp16, else fp32.</param>
/// <param name="Shape">The value's logical shape.</param>
/// <param name="Strides">Elements from one index to the next along each logical axis.</param>
/// <param name="Stored">Channels that can be read from each row: the value's, and zeros that follow them.</param>
internal sealed record Place(DeviceBuffer Buffer, long Offset, bool IsHalf, Shape Shape, int[] Strides, int Stored)
{
    /// <summary>Channels of a row come in groups of this many: 16 bytes of fp16.</summary>
    public const int Group = 8;

    /// <summary>
    /// Elements from each channel to a half with what rounding took of it, value = high + low; 0 where nothing is kept of that.
    /// </summary>
    public int Low { get; private init; }

    /// <summary>Whether values are pairs of halves.</summary>
    public bool IsPair => Low > 0;

    public int ElementBytes => IsHalf ? 2 : 4;

    /// <summary>The type's name in kernels.</summary>
    public string TypeName => IsHalf ? "half_t" : "float";

    public int Channels => Shape.Rank == 0 ? 1 : Shape[AffineOp.ChannelAxis(Shape)];

    public int Rows => Shape.Count / Math.Max(Channels, 1);

    /// <summary>The parameter of a launch that reads it.</summary>
    public Pointer Pointer => new(Buffer, Offset * ElementBytes);

    /// <summary>The parameter of a launch that writes it.</summary>
    public Pointer Target => Pointer with { IsWritten = true };

    /// <summary>The logical axes in the order in which a fresh value stores them, -1 for those it lacks: rows first, channels last.</summary>
    public int[] Order => PhysicalAxes(Shape.Rank);

    /// <summary>Strides along <see cref="Order"/>.</summary>
    public int[] OrderedStrides => [.. Order.Select(axis => axis < 0 ? 0 : Strides[axis])];

    /// <summary>Extents along <see cref="Order"/>.</summary>
    public int[] OrderedExtents => [.. Order.Select(axis => axis < 0 ? 1 : Shape[axis])];

    /// <summary>Elements from one row to the next, where <see cref="IsRows"/>.</summary>
    public int Pitch
    {
        get
        {
            int[] strides = OrderedStrides, extents = OrderedExtents;
            for (int i = 2; i >= 0; i--)
            {
                if (extents[i] > 1)
                {
                    return strides[i] / extents[(i + 1)..3].Aggregate(1, (a, b) => a * b);
                }
            }

            return Padded(Stored);
        }
    }

    /// <summary>Whether it is rows of neighbouring channels at one pitch.</summary>
    public bool IsRows
    {
        get
        {
            int[] strides = OrderedStrides, extents = OrderedExtents;
            int expected = Pitch;
            for (int i = 2; i >= 0; i--)
            {
                if (extents[i] > 1 && strides[i] != expected)
                {
                    return false;
                }

                expected *= extents[i];
            }

            return extents[3] == 1 || strides[3] == 1;
        }
    }

    /// <summary>Whether rows can be read in groups of 8 channels.</summary>
    public bool IsAligned => IsRows && Pitch % Group == 0 && Offset % Group == 0 && Stored == Padded(Channels);

    /// <summary>Channels that can be read or written at once: rows, pitch and start are multiples of as many, at most <see cref="Group"/>.</summary>
    public int Run => 1 << Math.Min(3, BitOperations.TrailingZeroCount((uint)(Stored | Pitch | (int)(Offset % Group))));

    public static int Padded(int channels) => (channels + Group - 1) / Group * Group;

    public static int[] PhysicalAxes(int rank) => rank switch
    {
        4 => [0, 2, 3, 1],
        3 => [-1, 0, 1, 2],
        2 => [-1, -1, 0, 1],
        1 => [-1, -1, -1, 0],
        _ => [-1, -1, -1, -1],
    };

    /// <summary>A fresh value at the start of a buffer of <see cref="FreshCount"/> elements.</summary>
    public static Place Fresh(DeviceBuffer buffer, bool isHalf, Shape shape)
    {
        int channels = shape.Rank == 0 ? 1 : shape[AffineOp.ChannelAxis(shape)];
        return WithPitch(buffer, isHalf, shape, FreshPitch(shape.Rank, channels));
    }

    /// <summary>A value of dense rows in row-major order: what the caller of a session reads and writes.</summary>
    public static Place Dense(DeviceBuffer buffer, bool isHalf, Shape shape)
    {
        int channels = shape.Rank == 0 ? 1 : shape[AffineOp.ChannelAxis(shape)];
        return new Place(buffer, 0, isHalf, shape, RowMajor(shape), channels);
    }

    /// <summary>A map of pairs at the start of a buffer of twice <see cref="FreshCount"/> halves.</summary>
    public static Place Pair(DeviceBuffer buffer, Shape map)
    {
        int padded = Padded(map[1]);
        return WithPitch(buffer, isHalf: true, map, 2 * padded) with { Stored = padded, Low = padded };
    }

    /// <summary>A pair as readers see it that take halves only.</summary>
    public Place High() => IsPair ? this with { Low = 0 } : this;

    /// <summary>Elements of a fresh value with its padding.</summary>
    public static long FreshCount(Shape shape)
    {
        int channels = shape.Rank == 0 ? 1 : shape[AffineOp.ChannelAxis(shape)];
        return (long)shape.Count / Math.Max(channels, 1) * FreshPitch(shape.Rank, channels);
    }

    public static int[] RowMajor(Shape shape)
    {
        var strides = new int[shape.Rank];
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>The same memory with two axes swapped.</summary>
    public Place Transposed(int first, int second)
    {
        int[] strides = [.. Strides];
        (strides[first], strides[second]) = (strides[second], strides[first]);
        return View(Shape.With(first, Shape[second]).With(second, Shape[first]), Offset, strides);
    }

    /// <summary>A range of one axis.</summary>
    public Place Part(int axis, int start, int length)
    {
        Place part = View(Shape.With(axis, length), Offset + ((long)start * Strides[axis]), Strides);
        bool isWholeRow = axis != AffineOp.ChannelAxis(Shape) || (start == 0 && length == Shape[axis]);
        return part with { Stored = isWholeRow ? Stored : length, Low = Low };
    }

    /// <summary>The same elements, in row-major order of the logical axes, under another shape; null if they must move for it.</summary>
    public Place? Reshaped(Shape target)
    {
        // Axes of extent 1 drop out; neighbours that lie as one axis are split again where the target has a boundary.
        var strides = new int[target.Rank];
        int from = Shape.Rank - 1, to = target.Rank - 1;
        while (to >= 0 || from >= 0)
        {
            while (from >= 0 && Shape[from] == 1)
            {
                from--;
            }

            if (from < 0)
            {
                for (; to >= 0; to--)
                {
                    strides[to] = 0; // extent 1
                }

                break;
            }

            int merged = Shape[from], innermost = Strides[from];
            while (from > 0 && (Shape[from - 1] == 1 || Strides[from - 1] == merged * innermost))
            {
                merged *= Shape[--from];
            }

            from--;
            int taken = 1;
            while (to >= 0 && taken < merged)
            {
                if (merged % (taken * target[to]) != 0)
                {
                    return null;
                }

                strides[to] = innermost * taken;
                taken *= target[to--];
            }
        }

        return View(target, Offset, strides);
    }

    private static int FreshPitch(int rank, int channels) => rank != 4 && channels < Group ? channels : Padded(channels);

    private static Place WithPitch(DeviceBuffer buffer, bool isHalf, Shape shape, int pitch)
    {
        var strides = new int[shape.Rank];
        int stride = pitch;
        int[] order = PhysicalAxes(shape.Rank);
        for (int i = 2; i >= 0; i--)
        {
            if (order[i] >= 0)
            {
                strides[order[i]] = stride;
                stride *= shape[order[i]];
            }
        }

        if (shape.Rank > 0)
        {
            strides[order[3]] = 1;
        }

        return new Place(buffer, 0, isHalf, shape, strides, pitch);
    }

    /// <summary>Another look at the memory; the zeros behind a row stay usable where rows stay what they are.</summary>
    private Place View(Shape shape, long offset, int[] strides)
    {
        var view = new Place(Buffer, offset, IsHalf, shape, strides, 1);
        view = view with { Stored = view.Channels };
        return IsRows && view.Channels == Channels && view.IsRows && (Rows == 1 || view.Pitch == Pitch) ? view with { Stored = Stored } : view;
    }
}
