namespace HandMeshEngine.Images.Jpeg;

/// <summary>What the application markers say about the colours of the components.</summary>
internal struct JpegColor
{
    /// <summary>Nothing known yet.</summary>
    public JpegColor()
    {
    }

    /// <summary>Whether a JFIF marker was seen; it promises YCbCr.</summary>
    public bool HasJfif { get; set; }

    /// <summary>The transform that an Adobe marker names, 0 for none, or -1 without such a marker.</summary>
    public int AdobeTransform { get; set; } = -1;

    /// <summary>Whether the first three of four components are the YCbCr of inverted CMY (YCCK): libjpeg's rule.</summary>
    public readonly bool IsYcck => AdobeTransform == 2;

    /// <summary>Whether three components are red, green and blue themselves: libjpeg's rules.</summary>
    public readonly bool IsRgb(ReadOnlySpan<JpegComponent> components)
    {
        if (HasJfif)
        {
            return false;
        }

        return AdobeTransform >= 0
            ? AdobeTransform == 0
            : components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B';
    }
}
