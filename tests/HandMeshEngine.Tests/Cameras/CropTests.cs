using HandMeshEngine.Systems.MediaPipeHand;
using HandMeshEngine.Tests.Rig;

namespace HandMeshEngine.Tests.Cameras;

public sealed class CropTests
{
    private static readonly HandBox _box = new(100, 40, 80, 60);

    [Theory]
    [InlineData("pointing")]
    [InlineData("thumb_up")]
    [InlineData("two_hands")]
    [InlineData("victory_fallback")]
    public void Sampling_reproduces_the_stored_network_inputs(string name)
    {
        HandCase stored = HandCase.Load(name);
        Crop whole = HandCrops.WholeImage(stored.Width, stored.Height, 0);
        Near.Equal(stored.Floats("palm.input"), Sample(stored, whole, 192, replicate: false), 1e-5, "palm.input");
        for (int pass = 0; pass < 2; pass++)
        {
            string input = $"hand0.pass{pass}.input";
            if (stored.Has(input))
            {
                Crop crop = stored.Crop($"hand0.pass{pass}.roi");
                // 1e-5 (docs/systems/mediapipe-hand.md 12); the stored crop is rounded to float32, up to 3e-5 pixel, which a steep edge turns into as much again.
                Near.Equal(stored.Floats(input), Sample(stored, crop, 224, replicate: true), 3e-5, input);
            }
        }
    }

    [Fact]
    public void A_centred_crop_puts_the_box_centre_in_the_middle()
    {
        Affine2 crop = BoxCrop.Centred(_box, 1.3, 224);

        Assert.Equal((112, 112), Rounded(crop.Apply(140, 70)));
        Assert.Equal(224 / (1.3 * 80), crop.A, 1e-12);
    }

    [Fact]
    public void An_edge_aligned_crop_maps_the_squares_edges_to_the_crops_edges()
    {
        Affine2 crop = BoxCrop.EdgeAligned(_box, 1.3, 224);

        Assert.Equal((-0.5, -0.5), Rounded(crop.Apply(140 - 52 - 0.5, 70 - 52 - 0.5)));
        Assert.Equal((223.5, 223.5), Rounded(crop.Apply(140 + 52 - 0.5, 70 + 52 - 0.5)));
    }

    [Fact]
    public void Crop_intrinsics_project_where_the_crop_moves_the_image_point()
    {
        var camera = new Intrinsics(610, 605, 318.5, 242.25);
        var point = new Vector3d(0.03, -0.05, 0.5);
        foreach (Affine2 crop in (Affine2[])[BoxCrop.Centred(_box, 1.25, 256), BoxCrop.EdgeAligned(_box, 1.3, 224)])
        {
            System.Numerics.Vector2 image = camera.Project(point), inCrop = camera.Cropped(crop).Project(point);
            (double u, double v) = crop.Apply(image.X, image.Y);
            Assert.Equal(u, inCrop.X, 1e-3);
            Assert.Equal(v, inCrop.Y, 1e-3);
        }
    }

    [Fact]
    public void Crop_intrinsics_refuse_a_turned_crop()
    {
        Affine2 turned = new Crop(100, 100, 50, 50, 0.3).Sampling(224).Inverted;

        Assert.Throws<ArgumentException>(() => new Intrinsics(600, 600, 320, 240).Cropped(turned));
    }

    [Fact]
    public void Rectification_depends_on_the_camera_alone()
    {
        var camera = new Intrinsics(480, 480, 112, 112);
        var canonical = new Intrinsics(1000, 1000, 112, 112);
        Affine2 crop = BoxCrop.Centred(_box, 1.3, 224);
        (double u, double v) = crop.Apply(90, 17);
        Affine2 secondStep = camera.Cropped(crop).RectifiedTo(canonical), direct = camera.RectifiedTo(canonical);

        Assert.Equal(Rounded(direct.Apply(90, 17)), Rounded(secondStep.Apply(u, v)));
        Assert.Equal((112, 112), Rounded(direct.Apply(112, 112)));
    }

    [Fact]
    public void The_virtual_camera_sees_the_chosen_pixel_on_its_axis()
    {
        var camera = new Intrinsics(610, 605, 318.5, 242.25);
        var canonical = new Intrinsics(1000, 1000, 112, 112);
        VirtualCamera virtualCamera = VirtualCamera.LookingAt(camera, 77, 401, canonical);
        Vector3d pixel = virtualCamera.Homography * new Vector3d(77, 401, 1);

        Assert.Equal((112, 112), Rounded((pixel.X / pixel.Z, pixel.Y / pixel.Z)));
        Vector3d point = camera.Ray(77, 401) * 0.5;
        Vector3d turned = virtualCamera.Rotation * point;
        Assert.Equal(0, turned.X, 1e-12);
        Assert.Equal(0, turned.Y, 1e-12);
    }

    [Fact]
    public void Inverted_undoes_a_crop_and_refuses_an_empty_one()
    {
        Affine2 crop = new Crop(100, 60, 50, 70, 1.1).Sampling(224);
        (double u, double v) = crop.Apply(13, 200);

        Assert.Equal((13, 200), Rounded(crop.Inverted.Apply(u, v)));
        Assert.Throws<ArgumentException>(() => new Crop(100, 60, 0, 70, 0).Sampling(224).Inverted);
    }

    [Fact]
    public void Overlap_ignores_the_turn_and_is_zero_apart()
    {
        var crop = new Crop(0, 0, 10, 10, 0.5);

        Assert.Equal(1, crop.UprightOverlap(crop with { Angle = 2 }));
        Assert.Equal(1.0 / 3, crop.UprightOverlap(crop with { CenterX = 5 }), 1e-12);
        Assert.Equal(0, crop.UprightOverlap(crop with { CenterY = 11 }));
    }

    private static (double, double) Rounded((double U, double V) point) => (Math.Round(point.U, 9), Math.Round(point.V, 9));

    // The bilinear rule of docs/systems/mediapipe-hand.md 2.1, so that the matrix is judged by the pixels it leads to.
    private static float[] Sample(HandCase stored, in Crop crop, int size, bool replicate)
    {
        Affine2 matrix = crop.Sampling(size);
        var result = new float[size * size * 3];
        for (int i = 0; i < size * size; i++)
        {
            (double x, double y) = matrix.Apply(i % size, i / size);
            int x0 = (int)Math.Floor(x), y0 = (int)Math.Floor(y);
            double ax = x - x0, ay = y - y0;
            for (int c = 0; c < 3; c++)
            {
                double top = (Tap(stored, x0, y0, c, replicate) * (1 - ax)) + (Tap(stored, x0 + 1, y0, c, replicate) * ax);
                double bottom = (Tap(stored, x0, y0 + 1, c, replicate) * (1 - ax)) + (Tap(stored, x0 + 1, y0 + 1, c, replicate) * ax);
                result[(3 * i) + c] = (float)(((top * (1 - ay)) + (bottom * ay)) / 255);
            }
        }

        return result;
    }

    private static double Tap(HandCase stored, int x, int y, int channel, bool replicate)
    {
        int inX = Math.Clamp(x, 0, stored.Width - 1), inY = Math.Clamp(y, 0, stored.Height - 1);
        bool inside = inX == x && inY == y;
        return inside || replicate ? stored.Bytes("image")[(((inY * stored.Width) + inX) * 3) + channel] : 0;
    }
}
