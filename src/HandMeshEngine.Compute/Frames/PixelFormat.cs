namespace HandMeshEngine;

/// <summary>Where the samples of a pixel lie (docs/frames.md). Names with letters in a row are orders of bytes in memory.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Red, green, blue and a fourth byte that is ignored.</summary>
    Rgba,

    /// <summary>Blue, green, red and a fourth byte that is ignored.</summary>
    Bgra,

    /// <summary>A byte that is ignored, red, green, blue.</summary>
    Argb,

    /// <summary>A byte that is ignored, blue, green, red.</summary>
    Abgr,

    /// <summary>One byte of brightness (GREY, Y8, L8).</summary>
    Gray8,

    /// <summary>Two bytes of brightness, the low one first (Y16); see <see cref="ImageView.Gray16"/> for what is black and white.</summary>
    Gray16,

    /// <summary>Y Cb Y Cr for two pixels (YUY2).</summary>
    Yuyv,

    /// <summary>Cb Y Cr Y for two pixels (2vuy).</summary>
    Uyvy,

    /// <summary>Y Cr Y Cb for two pixels.</summary>
    Yvyu,

    /// <summary>A plane of Y, and one of Cb Cr pairs for two by two pixels.</summary>
    Nv12,

    /// <summary>A plane of Y, and one of Cr Cb pairs for two by two pixels.</summary>
    Nv21,

    /// <summary>Planes of Y, Cb and Cr, the last two for two by two pixels (IYUV, yuv420p).</summary>
    I420,

    /// <summary>Planes of Y, Cr and Cb, the last two for two by two pixels.</summary>
    Yv12,

    /// <summary>Like <see cref="Nv12"/> with samples of two bytes, low byte first, ten bits at the upper end.</summary>
    P010,
}
