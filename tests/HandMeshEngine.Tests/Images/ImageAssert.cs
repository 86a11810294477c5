namespace HandMeshEngine.Tests.Images;

/// <summary>Compares pictures and their pixels.</summary>
internal static class ImageAssert
{
    /// <summary>Fails with the first differing pixel.</summary>
    public static void Equal(ImageFixture expected, RgbImage actual)
    {
        Assert.Equal((expected.Name, expected.Width, expected.Height), (expected.Name, actual.Width, actual.Height));
        Assert.Equal((expected.Name, expected.Orientation), (expected.Name, actual.Info.Orientation));
        byte[] pixels = expected.Pixels;
        int at = actual.Pixels.CommonPrefixLength(pixels);
        if (at < pixels.Length)
        {
            int pixel = at / 3;
            Assert.Fail(
                $"{expected.Name}: pixel ({pixel % expected.Width}, {pixel / expected.Width}) channel {at % 3} is {actual.Pixels[at]}, "
                + $"but the C library gives {pixels[at]}");
        }
    }

    /// <summary>Decodes bytes that must be refused, and checks that the message is one sentence with certain words.</summary>
    public static void Refused(byte[] file, params string[] words)
    {
        ImageException e = Assert.Throws<ImageException>(() => RgbImage.Decode(file));
        Assert.DoesNotContain('\n', e.Message);
        Assert.All(words, word => Assert.Contains(word, e.Message));
    }
}
