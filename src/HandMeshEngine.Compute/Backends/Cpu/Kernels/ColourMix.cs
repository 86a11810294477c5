using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Interleaves three colour planes in one pass; three passes would fetch every line of the output three times.</summary>
internal static unsafe class ColourMix
{
    /// <summary>Planes.</summary>
    public const int Colours = 3;

    private const int Width = 4;

    /// <summary>A row of <paramref name="count"/> pixels from planes that lie <paramref name="plane"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(float* from, long plane, float* to, int count)
    {
        float* second = from + plane, third = second + plane;

        // Lane i of output j holds colour (4 j + i) mod 3; each lane of a shuffled plane is used by one output.
        Vector128<float> first = Vector128.Create(-1, 0, 0, -1).AsSingle(), middle = Vector128.Create(0, -1, 0, 0).AsSingle();
        int i = 0;
        for (; i + Width <= count; i += Width, to += Colours * Width)
        {
            Vector128<float> r = Vector128.Shuffle(Vector128.Load(from + i), Vector128.Create(0, 3, 2, 1));
            Vector128<float> g = Vector128.Shuffle(Vector128.Load(second + i), Vector128.Create(1, 0, 3, 2));
            Vector128<float> b = Vector128.Shuffle(Vector128.Load(third + i), Vector128.Create(2, 1, 0, 3));
            Vector128.ConditionalSelect(first, r, Vector128.ConditionalSelect(middle, g, b)).Store(to);
            Vector128.ConditionalSelect(first, g, Vector128.ConditionalSelect(middle, b, r)).Store(to + Width);
            Vector128.ConditionalSelect(first, b, Vector128.ConditionalSelect(middle, r, g)).Store(to + (2 * Width));
        }

        for (; i < count; i++, to += Colours)
        {
            to[0] = from[i];
            to[1] = second[i];
            to[2] = third[i];
        }
    }
}
