namespace HandMeshEngine;

/// <summary>Weights of red, green and blue in Y.</summary>
public enum YuvMatrix
{
    /// <summary>ITU-R BT.601: phones, webcams, JPEG, standard definition.</summary>
    Bt601,

    /// <summary>ITU-R BT.709: high definition video.</summary>
    Bt709,

    /// <summary>ITU-R BT.2020, non-constant luminance. Its transfer curves (PQ, HLG) are not undone.</summary>
    Bt2020,
}

/// <summary>Which values black and white have.</summary>
public enum YuvRange
{
    /// <summary>Y from 16 to 235, Cb and Cr from 16 to 240 ("video range").</summary>
    Limited,

    /// <summary>All from 0 to 255 ("full range", JPEG).</summary>
    Full,
}

/// <summary>Where a sample of Cb and Cr lies among the pixels that share it.</summary>
public enum ChromaSiting
{
    /// <summary>On the left column, between the two rows (MPEG-2, H.264).</summary>
    Left,

    /// <summary>In the middle (JPEG).</summary>
    Center,

    /// <summary>On the top left pixel.</summary>
    TopLeft,
}

/// <summary>
/// What the numbers of a YUV format mean. A wrong matrix, range or siting costs less than the noise of the networks; a wrong order of
/// Cb and Cr (Nv12 for Nv21) does not (docs/frames.md).
/// </summary>
/// <param name="Matrix">Weights of the colours in Y.</param>
/// <param name="Range">Values of black and white.</param>
/// <param name="Siting">Place of the chroma samples.</param>
public readonly record struct YuvEncoding(YuvMatrix Matrix, YuvRange Range, ChromaSiting Siting)
{
    /// <summary>BT.601, limited range, left: webcams and standard definition; what is assumed if nothing is said.</summary>
    public static YuvEncoding Bt601Limited => default;

    /// <summary>BT.601, full range, centred: Android, ARKit, decoded JPEG.</summary>
    public static YuvEncoding Bt601Full => new(YuvMatrix.Bt601, YuvRange.Full, ChromaSiting.Center);

    /// <summary>BT.709, limited range, left: high definition video.</summary>
    public static YuvEncoding Bt709Limited => new(YuvMatrix.Bt709, YuvRange.Limited, ChromaSiting.Left);

    /// <summary>BT.709, full range, left.</summary>
    public static YuvEncoding Bt709Full => new(YuvMatrix.Bt709, YuvRange.Full, ChromaSiting.Left);

    /// <summary>BT.2020, limited range, top left: ultra high definition video.</summary>
    public static YuvEncoding Bt2020Limited => new(YuvMatrix.Bt2020, YuvRange.Limited, ChromaSiting.TopLeft);
}
