using System.Runtime.InteropServices;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.ImageSharp;

/// <summary>The pixels of an <see cref="Image{TPixel}"/> as the engine reads them.</summary>
public static class PixelViews
{
    /// <summary>Gives the image's own memory, without a copy.</summary>
    /// <param name="image">Must outlive the view.</param>
    /// <param name="view">The pixels; empty if there is no view.</param>
    /// <returns>
    /// False if the pixels are none of <see cref="Rgb24"/>, <see cref="Bgr24"/>, <see cref="Rgba32"/>, <see cref="Bgra32"/>,
    /// <see cref="Argb32"/>, <see cref="Abgr32"/>, <see cref="L8"/> and <see cref="L16"/> (of which 0 is black and 65535 white), or lie in more
    /// than one piece (large images, unless their configuration prefers contiguous buffers): then <see cref="ToRgbImage"/> copies.
    /// </returns>
    public static bool TryGetView<TPixel>(this Image<TPixel> image, out ImageView view)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelFormat? format = typeof(TPixel) == typeof(Rgb24) ? PixelFormat.Rgb
            : typeof(TPixel) == typeof(Bgr24) ? PixelFormat.Bgr
            : typeof(TPixel) == typeof(Rgba32) ? PixelFormat.Rgba
            : typeof(TPixel) == typeof(Bgra32) ? PixelFormat.Bgra
            : typeof(TPixel) == typeof(Argb32) ? PixelFormat.Argb
            : typeof(TPixel) == typeof(Abgr32) ? PixelFormat.Abgr
            : typeof(TPixel) == typeof(L8) ? PixelFormat.Gray8
            : typeof(TPixel) == typeof(L16) && BitConverter.IsLittleEndian ? PixelFormat.Gray16
            : null;
        if (format is not { } known || !image.DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory))
        {
            view = default;
            return false;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(memory.Span);
        view = new ImageView(bytes, image.Width, image.Height, bytes.Length / image.Height, known);
        return true;
    }

    /// <summary>Copies the image to 8-bit RGB; alpha is left out, 16-bit samples are rounded.</summary>
    /// <exception cref="ArgumentException">The image has more than 64 megapixels (2^26).</exception>
    public static RgbImage ToRgbImage<TPixel>(this Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        var copy = new RgbImage(image.Width, image.Height);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                PixelOperations<TPixel>.Instance.ToRgb24Bytes(image.GetConfiguration(), rows.GetRowSpan(y), copy.Row(y), rows.Width);
            }
        });
        return copy;
    }

    /// <summary>Finds the hands of an upright image into a new result, without a copy where <see cref="TryGetView"/> needs none.</summary>
    /// <inheritdoc cref="HandEstimator.Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>
    public static HandResult Predict<TPixel>(this HandEstimator estimator, Image<TPixel> image, Camera camera, PredictOptions? options = null)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return estimator.Predict(image.TryGetView(out ImageView view) ? view : image.ToRgbImage(), camera, options);
    }
}
