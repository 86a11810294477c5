namespace HandMeshEngine.Checkpoints;

/// <summary>
/// The rule that makes stand-in weights and test images: a value depends on (seed, name, flat index) only, so that any
/// language can rebuild it bit for bit.
/// </summary>
/// <remarks>
/// key = fnv1a64(utf8(seed + ":" + name)); bits = splitmix64(key + index); u = (bits >> 40) / 2^23 - 1, in [-1, 1);
/// value = float32(centre + scale * u), computed in double.
/// </remarks>
internal static class Synth
{
    /// <summary>The u of one element, in [-1, 1).</summary>
    public static double Uniform(ulong key, int index)
    {
        ulong z = key + (ulong)index + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((int)(z >> 40) / 8388608.0) - 1.0;
    }

    /// <summary>The key of a tensor's name.</summary>
    public static ulong Key(string seed, string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes($"{seed}:{name}"))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }

    /// <summary>A float32 tensor; centre and scale follow from the name's ending and the shape.</summary>
    public static Tensor Tensor(string seed, string name, Shape shape)
    {
        (double centre, double scale) = Range(name, shape);
        ulong key = Key(seed, name);
        var tensor = new Tensor(DType.Float32, shape);
        Span<float> values = tensor.Span<float>();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(centre + (scale * Uniform(key, i)));
        }

        return tensor;
    }

    /// <summary>A test picture, uint8 RGB [height, width, 3]: a smooth pattern and noise.</summary>
    public static byte[] Image(string seed, int height, int width)
    {
        ulong key = Key(seed, "image");
        byte[] pixels = new byte[checked(height * width * 3)];
        int i = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++, i++)
                {
                    double wave = Math.Sin((x / 17.0) + (y / 23.0) + (c * 2.1));
                    pixels[i] = (byte)Math.Clamp(Math.Floor(128.0 + (96.0 * wave) + (31.0 * Uniform(key, i))), 0, 255);
                }
            }
        }

        return pixels;
    }

    private static (double Centre, double Scale) Range(string name, Shape shape)
    {
        if (name.EndsWith("running_mean", StringComparison.Ordinal))
        {
            return (0, 0.1);
        }

        if (name.EndsWith("running_var", StringComparison.Ordinal))
        {
            return (1, 0.25);
        }

        // A gain of a norm layer.
        if (name.EndsWith("weight", StringComparison.Ordinal) && shape.Rank == 1)
        {
            return (0.6, 0.2);
        }

        return shape.Rank >= 2 ? (0, Math.Sqrt(6.0 / shape.CountOf(1, shape.Rank))) : (0, 0.1);
    }
}
