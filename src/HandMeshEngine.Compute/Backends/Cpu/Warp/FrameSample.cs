using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>Colours of single places of a frame, stored positions: R, G, B in 0..255 and a lane of nothing.</summary>
internal static unsafe class FrameSample
{
    /// <summary>A pixel, with the chroma sample of its block; not rounded.</summary>
    public static Vector128<float> At(ImageSource image, int x, int y)
    {
        PixelLayout layout = image.Layout;
        switch (layout.Kind)
        {
            case SampleKind.Colour:
                return Vector128.Create(*image.First.At(x, y), *image.Second.At(x, y), *image.Third.At(x, y), 0f);
            case SampleKind.Gray:
                return Brightness(image, Number(image.First.At(x, y), layout.SampleBytes));
            default:
                int cx = x >> layout.ShiftX, cy = y >> layout.ShiftY;
                return Convert(
                    image.Rule,
                    Number(image.First.At(x, y), layout.SampleBytes),
                    Number(image.Second.At(cx, cy), layout.SampleBytes),
                    Number(image.Third.At(cx, cy), layout.SampleBytes),
                    1);
        }
    }

    /// <summary>A bilinear sample whose taps may lie outside the frame.</summary>
    public static Vector128<float> Bilinear(ImageSource image, double x, double y, bool replicates)
    {
        if (double.IsNaN(x) || (!replicates && (x <= -1 || y <= -1 || x >= image.Width || y >= image.Height)))
        {
            return Vector128<float>.Zero;
        }

        // Far outside the image the distance does not matter, and its conversion to an integer would overflow.
        x = Math.Clamp(x, -1e6, 1e6);
        y = Math.Clamp(y, -1e6, 1e6);
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        float fx = (float)(x - left), fy = (float)(y - top);
        PixelLayout layout = image.Layout;
        if (layout.Kind != SampleKind.Yuv)
        {
            Vector128<float> upper = Tap(image, left, top, replicates), lower = Tap(image, left, top + 1, replicates);
            upper += Vector128.Create(fx) * (Tap(image, left + 1, top, replicates) - upper);
            lower += Vector128.Create(fx) * (Tap(image, left + 1, top + 1, replicates) - lower);
            return upper + (Vector128.Create(fy) * (lower - upper));
        }

        float inside = 1;
        if (!replicates)
        {
            float across = (left >= 0 ? 1 - fx : 0) + (left + 1 < image.Width ? fx : 0);
            float down = (top >= 0 ? 1 - fy : 0) + (top + 1 < image.Height ? fy : 0);
            inside = across * down;
        }

        float luma = Mix(image.First, layout.SampleBytes, left, top, fx, fy, image.Width, image.Height, replicates);
        ChromaGrid grid = ChromaGrid.Of(image);
        double cx = (Math.Clamp(x, 0, image.Width - 1) * grid.ScaleX) - grid.ShiftX;
        double cy = (Math.Clamp(y, 0, image.Height - 1) * grid.ScaleY) - grid.ShiftY;
        left = (int)Math.Floor(cx);
        top = (int)Math.Floor(cy);
        fx = (float)(cx - left);
        fy = (float)(cy - top);
        return Convert(
            image.Rule,
            luma,
            Mix(image.Second, layout.SampleBytes, left, top, fx, fy, grid.Width, grid.Height, replicates: true),
            Mix(image.Third, layout.SampleBytes, left, top, fx, fy, grid.Width, grid.Height, replicates: true),
            inside);
    }

    /// <summary>Y, Cb and Cr of which a share lies inside the frame, as a colour: black outside.</summary>
    private static Vector128<float> Convert(in ColourRule rule, float luma, float blue, float red, float inside)
    {
        float unit = (float)rule.Unit;
        float y = (float)rule.Scale * ((luma * unit) - (inside * (float)rule.Zero));
        float cb = inside * ((blue * unit) - (float)ColourRule.Neutral), cr = inside * ((red * unit) - (float)ColourRule.Neutral);
        Vector128<float> colour = Vector128.Create(
            y + ((float)rule.RedFromCr * cr),
            y + (((float)rule.GreenFromCb * cb) + ((float)rule.GreenFromCr * cr)),
            y + ((float)rule.BlueFromCb * cb),
            0);
        return Vector128.Min(Vector128.Create(255f * inside), Vector128.Max(Vector128<float>.Zero, colour));
    }

    private static Vector128<float> Brightness(ImageSource image, int value) => Vector128.Create(
        Math.Clamp((value - (float)image.Rule.Zero) * (float)image.Rule.Scale, 0, 255));

    private static Vector128<float> Tap(ImageSource image, int x, int y, bool replicates)
    {
        if (!replicates && ((uint)x >= (uint)image.Width || (uint)y >= (uint)image.Height))
        {
            return Vector128<float>.Zero;
        }

        return At(image, Math.Clamp(x, 0, image.Width - 1), Math.Clamp(y, 0, image.Height - 1));
    }

    private static float Mix(
        in SamplePlane plane, int bytes, int left, int top, float fx, float fy, int width, int height, bool replicates)
    {
        float upper = Line(plane, bytes, left, top, fx, width, height, replicates), lower = Line(plane, bytes, left, top + 1, fx, width, height, replicates);
        return upper + (fy * (lower - upper));
    }

    private static float Line(in SamplePlane plane, int bytes, int left, int y, float fx, int width, int height, bool replicates)
    {
        if (!replicates && (uint)y >= (uint)height)
        {
            return 0;
        }

        y = Math.Clamp(y, 0, height - 1);
        float first = replicates || (uint)left < (uint)width ? Number(plane.At(Math.Clamp(left, 0, width - 1), y), bytes) : 0;
        float second = replicates || (uint)(left + 1) < (uint)width ? Number(plane.At(Math.Clamp(left + 1, 0, width - 1), y), bytes) : 0;
        return first + (fx * (second - first));
    }

    private static int Number(byte* at, int bytes) => bytes == 1 ? *at : at[0] | (at[1] << 8);
}
