using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Planning;

/// <summary>
/// Where a value lies: elements of a buffer at a stride for each logical axis. Reshapes, slices and transpositions are other views of
/// the same buffer, and so are the parts of a concatenation. Both backends keep channels together: a map [N, C, H, W] as
/// images of rows of pixels of channels (NHWC), [N, V, C] as N images of one row of V pixels, [V, C] as one row, [C] as one pixel.
/// </summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Offset">Elements before the first.</param>
/// <param name="Shape">The value's logical shape.</param>
/// <param name="Strides">Elements from one index to the next along each logical axis.</param>
internal sealed record View(PlanBuffer Buffer, long Offset, Shape Shape, int[] Strides)
{
    /// <summary>The value's logical shape.</summary>
    public Shape Shape { get; } = Shape;

    /// <summary>Elements from one index to the next along each logical axis.</summary>
    public int[] Strides { get; } = Strides;

    /// <summary>fp16, else fp32.</summary>
    public bool IsHalf { get; init; }

    /// <summary>
    /// Elements from each channel to the half that holds what rounding took of it (value = high + low); 0 for values that are not
    /// split in halves.
    /// </summary>
    public int Low { get; init; }

    /// <summary>Channels that can be read from each pixel: the value's, and zeros that follow them.</summary>
    public int Stored { get; init; } = ChannelsOf(Shape);

    /// <summary>Rows and pixels of zeros around each image, which a reader may run into.</summary>
    public Padding Border { get; init; }

    /// <summary>Whether values are split in a high and a low half.</summary>
    public bool IsSplit => Low > 0;

    /// <summary>Bytes of an element.</summary>
    public int ElementBytes => IsHalf ? 2 : 4;

    /// <summary>Values, gaps not counted.</summary>
    public int Count => Shape.Count;

    /// <summary>Images of the batch.</summary>
    public int Images { get; } = Shape.Rank >= 3 ? Shape[0] : 1;

    /// <summary>Rows of an image.</summary>
    public int Height { get; } = Shape.Rank == 4 ? Shape[2] : 1;

    /// <summary>Pixels of a row.</summary>
    public int Width { get; } = WidthOf(Shape);

    /// <summary>Channels of a pixel.</summary>
    public int Channels { get; } = ChannelsOf(Shape);

    /// <summary>Pixels of all images.</summary>
    public int Pixels { get; } = Shape.Count / Math.Max(ChannelsOf(Shape), 1);

    /// <summary>Elements from one image to the next.</summary>
    public int ImageStride { get; } = Shape.Rank >= 3 ? Strides[0] : WidthOf(Shape) * PixelStrideOf(Shape, Strides);

    /// <summary>Elements from one row to the next.</summary>
    public int RowStride { get; } = Shape.Rank == 4 ? Strides[2] : WidthOf(Shape) * PixelStrideOf(Shape, Strides);

    /// <summary>Elements from one pixel to the next.</summary>
    public int PixelStride { get; } = PixelStrideOf(Shape, Strides);

    /// <summary>The logical axes in the order of memory: images, rows, pixels, channels; -1 for those that the value lacks.</summary>
    public int[] Order => OrderOf(Shape.Rank);

    /// <summary>Strides along <see cref="Order"/>.</summary>
    public int[] OrderedStrides => [.. Order.Select(axis => axis < 0 ? 0 : Strides[axis])];

    /// <summary>Extents along <see cref="Order"/>.</summary>
    public int[] OrderedExtents => [.. Order.Select(axis => axis < 0 ? 1 : Shape[axis])];

    /// <summary>Elements from each pixel of all images to the next, where <see cref="IsMatrix"/>; null for a single pixel.</summary>
    public int? PixelPitch
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

            return null;
        }
    }

    /// <summary>Whether it is a matrix: all pixels of all images at one pitch, the channels of each side by side.</summary>
    public bool IsMatrix
    {
        get
        {
            int[] strides = OrderedStrides, extents = OrderedExtents;
            int expected = PixelPitch ?? 0;
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

    /// <summary>Whether it is a matrix without gaps.</summary>
    public bool IsDense => IsMatrix && (PixelPitch ?? Channels) == Channels;

    /// <summary>Whether the elements lie without gaps in the row-major order of the logical axes: as the caller of a session sees them.</summary>
    public bool IsRowMajor
    {
        get
        {
            int expected = 1;
            for (int axis = Shape.Rank - 1; axis >= 0; axis--)
            {
                if (Shape[axis] > 1 && Strides[axis] != expected)
                {
                    return false;
                }

                expected *= Shape[axis];
            }

            return true;
        }
    }

    /// <summary>The channels of a value of this shape.</summary>
    public static int ChannelsOf(Shape shape) => shape.Rank == 0 ? 1 : shape[AffineOp.ChannelAxis(shape)];

    /// <summary>A value in row-major order at the start of a buffer.</summary>
    public static View RowMajor(PlanBuffer buffer, Shape shape) => new(buffer, 0, shape, RowMajorStrides(shape));

    /// <summary>
    /// A value at the start of a buffer whose pixels lie at a pitch, with no other gaps.
    /// </summary>
    public static View OfPixels(PlanBuffer buffer, Shape shape, int pitch)
    {
        var strides = new int[shape.Rank];
        int stride = pitch;
        int[] order = OrderOf(shape.Rank);
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

        return new View(buffer, 0, shape, strides);
    }

    /// <summary>The strides of a shape in row-major order.</summary>
    public static int[] RowMajorStrides(Shape shape)
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

    /// <summary>Two axes swapped.</summary>
    public View Transposed(int first, int second)
    {
        int[] strides = [.. Strides];
        (strides[first], strides[second]) = (strides[second], strides[first]);
        return Over(Shape.With(first, Shape[second]).With(second, Shape[first]), Offset, strides);
    }

    /// <summary>A range of one axis: a slice, or what one operand of a concatenation fills.</summary>
    public View Part(int axis, int start, int length)
    {
        View part = Over(Shape.With(axis, length), Offset + ((long)start * Strides[axis]), Strides);
        bool isOfChannels = axis == AffineOp.ChannelAxis(Shape);
        bool keepsBorder = isOfChannels || axis == 0;
        return part with
        {
            Stored = isOfChannels && (start != 0 || length != Shape[axis]) ? length : Stored,
            Low = Low,
            Border = keepsBorder ? Border : default,
        };
    }

    /// <summary>The same elements, in the row-major order of the logical axes, under another shape; null if they must move for it.</summary>
    public View? Reshaped(Shape target)
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

        return Over(target, Offset, strides);
    }

    /// <summary>The elements under a shape to which they are broadcast: stride 0 along the axes that repeat.</summary>
    public View Broadcast(Shape target)
    {
        var strides = new int[target.Rank];
        for (int axis = 1; axis <= Shape.Rank; axis++)
        {
            strides[^axis] = Shape[-axis] == 1 ? 0 : Strides[^axis];
        }

        return new View(Buffer, Offset, target, strides) { IsHalf = IsHalf };
    }

    /// <summary>
    /// For example <c>1x56x56x64 @4096 /80 +1,1,1,1</c>: images, rows, pixels and channels (of [N, A, B] with A inside, in that order), where
    /// they begin, floats of a pixel where that leaves gaps, border.
    /// </summary>
    public override string ToString()
    {
        bool isChannelsLast = Channels == 1 || OrderedStrides[3] == 1;
        return Shape.Rank == 3 && !isChannelsLast ? Transposed(1, 2).ToString()
            : $"{Images}x{Height}x{Width}x{Channels} {Buffer.Describe(Offset * ElementBytes)}"
                + (PixelStride == Channels || !isChannelsLast ? string.Empty : $" /{PixelStride}")
                + (Border == default ? string.Empty : $" +{Border}");
    }

    private static int WidthOf(Shape shape) => shape.Rank switch { 4 => shape[3], 3 => shape[1], 2 => shape[0], _ => 1 };

    private static int PixelStrideOf(Shape shape, int[] strides) =>
        shape.Rank switch { 4 => strides[3], 3 => strides[1], 2 => strides[0], _ => ChannelsOf(shape) };

    private static int[] OrderOf(int rank) => rank switch
    {
        4 => [0, 2, 3, 1],
        3 => [-1, 0, 1, 2],
        2 => [-1, -1, 0, 1],
        1 => [-1, -1, -1, 0],
        _ => [-1, -1, -1, -1],
    };

    /// <summary>The buffer under another shape; zeros behind a pixel can still be read where pixels stay what they are.</summary>
    private View Over(Shape shape, long offset, int[] strides)
    {
        var view = new View(Buffer, offset, shape, strides) { IsHalf = IsHalf };
        return IsMatrix && view.Channels == Channels && view.IsMatrix && (Pixels == 1 || view.PixelPitch == PixelPitch) ? view with { Stored = Stored } : view;
    }
}
