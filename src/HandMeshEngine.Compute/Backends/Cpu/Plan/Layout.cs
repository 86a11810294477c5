namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// How the kernels want values to lie: the channels of a pixel side by side, pixels at any stride, and around maps a border of zeros
/// that convolutions read instead of testing for the edge. The gap right of a row is also the border left of the next.
/// </summary>
internal static unsafe class Layout
{
    extension(View view)
    {
        public CpuBuffer Memory => (CpuBuffer)view.Buffer;

        /// <summary>First float of the first pixel, border not counted.</summary>
        public float* Data => ((CpuBuffer)view.Buffer).Data + view.Offset;

        /// <summary>Rows of all images.</summary>
        public int Rows => view.Images * view.Height;

        /// <summary>Whether zeros surround the images.</summary>
        public bool HasBorder => view.Border != default;

        /// <summary>Whether the channels of a pixel lie side by side, as kernels read them.</summary>
        public bool IsChannelsLast => view.Channels == 1 || view.OrderedStrides[3] == 1;

        /// <summary>Whether all pixels of all images lie side by side.</summary>
        public bool IsPacked => view.PixelStride == view.Channels
            && (view.Height == 1 || view.RowStride == view.Width * view.PixelStride)
            && (view.Images == 1 || view.ImageStride == view.Height * view.Width * view.PixelStride);

        /// <summary>Strides in the order images, rows, pixels, channels; 0 for axes that the value lacks.</summary>
        public long[] LoopStrides => Array.ConvertAll(view.OrderedStrides, stride => (long)stride);
    }

    /// <summary>A value in memory of its own, without gaps.</summary>
    public static View Fresh(Shape shape) => View.OfPixels(new CpuBuffer(shape.Count), shape, View.ChannelsOf(shape));

    /// <summary>A map in memory of its own with a border of zeros, pixels at a given stride.</summary>
    public static View Fresh(Shape map, Padding border, int pixelStride)
    {
        int rowStride = (map[3] + Math.Max(border.Left, border.Right)) * pixelStride;
        int imageStride = (map[2] + Math.Max(border.Top, border.Bottom)) * rowStride;
        long before = ((long)border.Top * rowStride) + ((long)border.Left * pixelStride);
        long after = ((long)border.Bottom * rowStride) + ((long)border.Right * pixelStride);
        long last = ((long)(map[0] - 1) * imageStride) + ((long)(map[2] - 1) * rowStride) + ((long)map[3] * pixelStride);
        return new View(new CpuBuffer(before + last + after), before, map, [imageStride, 1, rowStride, pixelStride]) { Border = border };
    }
}
