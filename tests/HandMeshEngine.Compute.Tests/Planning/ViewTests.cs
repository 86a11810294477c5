using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Tests.Planning;

public sealed class ViewTests
{
    private static readonly PlanBuffer _buffer = new(BufferKind.Arena, 1 << 20);

    [Fact]
    public void A_map_lies_pixel_by_pixel()
    {
        View map = View.OfPixels(_buffer, new Shape(2, 5, 3, 4), pitch: 8);
        Assert.Equal([96, 1, 32, 8], map.Strides);
        Assert.Equal((2, 3, 4, 5), (map.Images, map.Height, map.Width, map.Channels));
        Assert.Equal((96, 32, 8), (map.ImageStride, map.RowStride, map.PixelStride));
        Assert.True(map.IsMatrix);
        Assert.False(map.IsDense);
        Assert.Equal(8, map.PixelPitch);
    }

    [Fact]
    public void The_elements_of_a_view_are_those_of_the_value_moved()
    {
        // Logical element (n, c, y, x) of a map, seen as rows of pixels with axes swapped back and forth.
        View map = View.OfPixels(_buffer, new Shape(2, 5, 3, 4), pitch: 8);
        View pixels = map.Reshaped(new Shape(2, 5, 12))!.Transposed(1, 2);
        Assert.Equal(new Shape(2, 12, 5), pixels.Shape);
        Assert.Equal(At(map, 1, 4, 2, 3), At(pixels, 1, (2 * 4) + 3, 4));
        Assert.True(pixels.IsMatrix);
        View back = pixels.Transposed(1, 2).Reshaped(map.Shape)!;
        Assert.Equal(map.Strides, back.Strides);
    }

    [Fact]
    public void A_shape_that_needs_another_order_is_no_view()
    {
        View map = View.OfPixels(_buffer, new Shape(1, 5, 3, 4), pitch: 5);
        Assert.Null(map.Reshaped(new Shape(1, 60)));
        Assert.NotNull(View.RowMajor(_buffer, map.Shape).Reshaped(new Shape(1, 60)));
        Assert.False(map.IsRowMajor);
        Assert.True(View.OfPixels(_buffer, new Shape(1, 1, 3, 4), pitch: 1).IsRowMajor);
    }

    [Fact]
    public void A_part_of_the_channels_keeps_the_border_and_loses_the_zeros_behind_it()
    {
        View map = View.OfPixels(_buffer, new Shape(1, 5, 3, 4), pitch: 8) with { Stored = 8, Border = Padding.Same(1) };
        View part = map.Part(axis: 1, start: 2, length: 3);
        Assert.Equal((2L, 3, 3), (part.Offset, part.Channels, part.Stored));
        Assert.Equal(Padding.Same(1), part.Border);
        View rows = map.Part(axis: 2, start: 1, length: 2);
        Assert.Equal((32L, 8), (rows.Offset, rows.Stored));
        Assert.Equal(default, rows.Border);
    }

    private static long At(View view, params ReadOnlySpan<int> index)
    {
        long at = view.Offset;
        for (int axis = 0; axis < index.Length; axis++)
        {
            at += (long)index[axis] * view.Strides[axis];
        }

        return at;
    }
}
