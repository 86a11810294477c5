using HandMeshEngine.Compute;
using HandMeshEngine.Export;
using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.ImageSharp.Tests;

/// <summary>ImageSharp's images as input and as canvas.</summary>
public sealed class PixelViewTests
{
    private static readonly string _photo = Path.Combine(RepositoryFolder.Require(), "tests", "photos", "pointing.jpg");

    [Fact]
    public void An_image_of_bytes_is_seen_in_place()
    {
        SeenInPlace<Rgb24>(PixelFormat.Rgb);
        SeenInPlace<Bgr24>(PixelFormat.Bgr);
        SeenInPlace<Rgba32>(PixelFormat.Rgba);
        SeenInPlace<Bgra32>(PixelFormat.Bgra);
        SeenInPlace<Argb32>(PixelFormat.Argb);
        SeenInPlace<Abgr32>(PixelFormat.Abgr);
        SeenInPlace<L8>(PixelFormat.Gray8);
        SeenInPlace<L16>(PixelFormat.Gray16);
    }

    [Fact]
    public void Other_pixels_and_images_in_pieces_have_no_view_and_are_copied()
    {
        using var grey = new Image<La32>(5, 4, new La32(0x8000, 0xffff));
        Assert.False(grey.TryGetView(out ImageView none));
        Assert.True(none.IsEmpty);
        Assert.All(grey.ToRgbImage().Pixels.ToArray(), sample => Assert.Equal(0x80, sample));

        Configuration pieces = Configuration.Default.Clone();
        pieces.PreferContiguousImageBuffers = false;
        pieces.MemoryAllocator = new SimpleGcMemoryAllocator();
        using Image<Rgb24> picture = EncodedFiles.Picture(300, 200);
        using Image<Rgb24> large = new(pieces, 300, 200);
        Assert.Equal(300 * 200 * 3, large.ToRgbImage().Pixels.Length);
        RgbImage copy = picture.ToRgbImage();
        Assert.Equal(new[] { picture[299, 199].R, picture[299, 199].G, picture[299, 199].B }, copy.Row(199)[^3..].ToArray());
    }

    [Fact]
    public void A_hand_is_found_in_an_image_whatever_its_pixels_are_and_drawn_onto_it()
    {
        RgbImage photo = RgbImage.Load(_photo);
        Camera camera = Camera.Guess(photo.Width, photo.Height);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandMesh expected = Assert.Single(estimator.Predict(photo, camera));

        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(photo.Pixels.ToArray(), photo.Width, photo.Height);
        using Image<Rgba32> withAlpha = image.CloneAs<Rgba32>();
        using Image<RgbaVector> floats = image.CloneAs<RgbaVector>();
        HandResult result = estimator.Predict(withAlpha, camera);
        Assert.Equal(expected.Vertices, Assert.Single(result).Vertices);
        Assert.Equal(expected.Vertices, Assert.Single(estimator.Predict(floats, camera)).Vertices);

        withAlpha[0, 0] = new Rgba32(1, 2, 3, 4);
        withAlpha.DrawHands(result, OverlayParts.Mesh);
        Assert.Equal((photo.Width, photo.Height), (withAlpha.Width, withAlpha.Height));
        Assert.Equal(new Rgba32(1, 2, 3, 4), withAlpha[0, 0]);
        System.Numerics.Vector2 palm = camera.Project(expected.Joints[9]);
        Rgba32 drawn = withAlpha[(int)palm.X, (int)palm.Y];
        Assert.NotEqual(image[(int)palm.X, (int)palm.Y], drawn.Rgb);
    }

    [Fact]
    public void A_grey_image_gives_the_hand_that_its_copy_gives()
    {
        using Image<L8> bytes = Image.Load<L8>(_photo);
        using Image<L16> words = bytes.CloneAs<L16>();
        Camera camera = Camera.Guess(bytes.Width, bytes.Height);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandMesh expected = Assert.Single(estimator.Predict(bytes.ToRgbImage(), camera));
        foreach (HandResult result in new[] { estimator.Predict(bytes, camera), estimator.Predict(words, camera) })
        {
            HandMesh hand = Assert.Single(result);
            Assert.True(System.Numerics.Vector3.Distance(expected.Root, hand.Root) < 1e-4f, $"{hand.Root}, not {expected.Root}");
        }
    }

    [Fact]
    public void A_large_and_a_small_image_keep_their_sizes_when_hands_are_drawn()
    {
        foreach ((int width, int height) in new[] { (40, 30), (1500, 20) })
        {
            using var image = new Image<Rgb24>(width, height);
            image.DrawHands([]);
            Assert.Equal((width, height), (image.Width, image.Height));
        }
    }

    private static void SeenInPlace<TPixel>(PixelFormat format)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = EncodedFiles.Picture(31, 17).CloneAs<TPixel>();
        Assert.True(image.TryGetView(out ImageView view));
        Assert.Equal((31, 17, format), (view.Width, view.Height, view.Format));

        TPixel white = default;
        white.FromRgb24(new Rgb24(255, 255, 255));
        image[30, 16] = white;
        Assert.Equal(255, view.Pixels[^1]);
    }
}
