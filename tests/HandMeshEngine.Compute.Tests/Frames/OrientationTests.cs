using System.Numerics;

namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Turned and mirrored frames (tests/parity/frames).</summary>
public sealed class OrientationTests
{
    private static readonly TensorMap _cases = FrameCases.Read("orientation");

    public static TheoryData<int, bool> All => [.. from degrees in new[] { 0, 90, 180, 270 } from mirrored in new[] { false, true } select (degrees, mirrored)];

    [Theory]
    [MemberData(nameof(All))]
    public void An_orientation_has_its_stored_matrix_picture_and_axes(int degrees, bool mirrored)
    {
        string key = $"turn{degrees}.mirror{(mirrored ? 1 : 0)}";
        FrameOrientation orientation = FrameOrientation.Turned(degrees, mirrored);
        Tensor stored = _cases["stored"];
        int height = stored.Shape[0], width = stored.Shape[1];
        ReadOnlySpan<double> m = _cases[key + ".matrix"].Span<double>();
        PixelMap map = PixelMap.ToStored(orientation, width, height);
        Assert.Equal(m[..6].ToArray(), (double[])[map.Xu, map.Xv, map.X0, map.Yu, map.Yv, map.Y0]);

        var image = new ImageView(stored.Bytes, width, height, width, PixelFormat.Gray8) { Orientation = orientation };
        Tensor upright = _cases[key + ".upright"];
        Assert.Equal((upright.Shape[1], upright.Shape[0]), (image.Width, image.Height));
        using var cpu = new CpuBackend();
        double[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        foreach (WarpSampling sampling in Enum.GetValues<WarpSampling>())
        {
            float[] picture = FrameCases.Warp(cpu, identity, FrameCases.Op(image.Height, image.Width, sampling, WarpBorder.Zero), image);
            Assert.Equal(Array.ConvertAll(upright.Bytes.ToArray(), value => (float)value), picture[..upright.Bytes.Length]);
        }

        ReadOnlySpan<double> rays = _cases[key + ".rays"].Span<double>();
        for (int axis = 0; axis < 3; axis++)
        {
            var unit = new Vector3(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
            Vector3 turned = orientation.ToUpright(unit);
            Assert.Equal((double[])[rays[axis], rays[3 + axis], rays[6 + axis]], (double[])[turned.X, turned.Y, turned.Z]);
            Assert.Equal(unit, orientation.ToStored(turned));
        }
    }

    [Fact]
    public void Turned_and_mirrored_frames_agree_with_the_definition()
    {
        using var cpu = new CpuBackend();
        FrameComparison.Orientations(cpu, 1e-3);
    }

    [Theory]
    [MemberData(nameof(LensTests.Names), MemberType = typeof(LensTests))]
    public void A_lens_bends_a_crop_as_the_definition_does(string name)
    {
        using var cpu = new CpuBackend();
        FrameComparison.Lens(cpu, name, 1e-3);
    }

    [Fact]
    public void An_angle_that_is_no_quarter_turn_is_refused() =>
        Assert.Contains("45", Assert.Throws<ArgumentException>(() => FrameOrientation.Turned(45)).Message, StringComparison.Ordinal);
}
