using HandMeshEngine.Compute.Backends.Cuda;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>A frame's way to the device: only rows that a crop reaches, each once a frame, whatever the crop and the orientation.</summary>
public sealed class StagedFrameTests
{
    private const int Width = 64, Height = 220;

    [Theory]
    [InlineData("")]
    [InlineData("frames=copied")]
    public void Sessions_that_share_a_frame_copy_each_row_once_and_only_those_that_crops_reach(string switches)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90, switches: switches);
        SessionOptions options = SimulatedCuda.Options() with { SharesFrames = true };
        OpGraph graph = Warp(WarpBorder.Zero);
        using Session first = cuda.Backend.Open(graph, options), second = cuda.Backend.Open(graph, options);
        byte[] pixels = Noise(1), others = Noise(2);
        float[] Run(Session session, byte[] from, double top)
        {
            Crop(top).CopyTo(session.Input<double>("crop"));
            session.Run(new ImageView(from, Width, Height, 3 * Width, PixelFormat.Rgb));
            float[] result = session.Output("y").ToArray();
            Assert.Equal(OnReference(graph, from, Crop(top)), result, (a, b) => Math.Abs(a - b) < 1e-3f);
            return result;
        }

        cuda.Backend.BeginFrame();
        Run(first, pixels, 20);
        long once = cuda.Backend.FrameBytesCopied;
        Assert.InRange(once, 16 * 3 * Width, 30 * 3 * Width);
        Run(second, pixels, 20);
        Assert.Equal(once, cuda.Backend.FrameBytesCopied);
        Run(second, pixels, 30);
        Assert.Equal(once + (10 * 3 * Width), cuda.Backend.FrameBytesCopied);
        Run(first, others, 30); // another image in between
        Run(first, pixels, 30);
        cuda.Backend.EndFrame();

        // Outside a frame the same buffer may hold something else each time.
        float[] before = Run(first, pixels, 30);
        others.CopyTo(pixels, 0);
        Assert.NotEqual(before, Run(first, pixels, 30));
        cuda.Backend.BeginFrame();
        Noise(3).CopyTo(pixels, 0);
        Run(second, pixels, 100);
        cuda.Backend.EndFrame();
    }

    [Fact]
    public void Every_tap_of_any_warp_lies_in_the_rows_that_it_reaches()
    {
        var random = new Random(11);
        for (int i = 0; i < 60; i++)
        {
            WarpBorder border = i % 2 == 0 ? WarpBorder.Zero : WarpBorder.Replicate;
            OpGraph graph = Warp(border);
            double angle = random.NextDouble() * 6.3, scale = Math.Pow(4, random.NextDouble() - 0.5);
            double[] matrix =
            [
                scale * Math.Cos(angle), -scale * Math.Sin(angle), random.Next(-30, Width + 30), scale * Math.Sin(angle), scale * Math.Cos(angle),
                random.Next(-60, Height + 60), i % 3 == 0 ? 1e-3 : 0, i % 3 == 0 ? -1e-3 : 0, 1,
            ];
            FrameOrientation orientation = FrameOrientation.FromExif(1 + (i % 8));
            byte[] pixels = Noise(i);
            ImageView Image(byte[] from) => new(from, Width, Height, 3 * Width, PixelFormat.Rgb) { Orientation = orientation };
            RowRange rows = RowRange.Reached(matrix, (WarpNormalizeOp)graph.Nodes.First(node => node.Op is WarpNormalizeOp).Op, Image(pixels));
            float[] whole = OnReference(graph, Image(pixels), matrix);
            for (int row = 0; row < Height; row++)
            {
                if (row < rows.First || row >= rows.End)
                {
                    pixels.AsSpan(row * 3 * Width, 3 * Width).Clear();
                }
            }

            Assert.Equal(whole, OnReference(graph, Image(pixels), matrix));
        }
    }

    private static OpGraph Warp(WarpBorder border)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("y", g.WarpNormalize(
            g.Image("image"), g.Input("crop", DType.Float64, 1, 3, 3),
            new WarpNormalizeOp(16, 16, WarpSampling.Bilinear, border, SwapRedBlue: false, (1, 1, 1), (0, 0, 0))));
        return g.Build();
    }

    private static double[] Crop(double top) => [1, 0, 5, 0, 1, top, 0, 0, 1];

    private static byte[] Noise(int seed)
    {
        var pixels = new byte[3 * Width * Height];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    private static float[] OnReference(OpGraph graph, byte[] pixels, double[] matrix) =>
        OnReference(graph, new ImageView(pixels, Width, Height, 3 * Width, PixelFormat.Rgb), matrix);

    private static float[] OnReference(OpGraph graph, ImageView image, double[] matrix)
    {
        using var reference = new ReferenceBackend();
        using Session session = reference.Open(graph, SessionOptions.Default);
        matrix.CopyTo(session.Input<double>("crop"));
        session.Run(image);
        return session.Output("y").ToArray();
    }
}
