using HandMeshEngine.Checkpoints.Tflite;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The default system: a palm detector and a hand landmark network (.tflite) become one file. Constants are keyed
/// <c>palm.op3.w</c>, <c>.b</c>, <c>.alpha</c> and <c>hand.op0.w</c> ... by the position of the operator that uses
/// them, in the authors' layout (convolution [out, h, w, in], depth-wise [1, h, w, channels], linear [out, in]).
/// </summary>
internal static class MediaPipeHandConversion
{
    /// <summary>Converts the two networks, given in either order.</summary>
    /// <exception cref="CheckpointException">A file is damaged or is not one of the published networks.</exception>
    public static ConversionResult Convert(HandSystem system, IReadOnlyList<string> checkpoints)
    {
        if (checkpoints.Count != 2)
        {
            throw new CheckpointException(
                string.Join(", ", checkpoints), $"{system.Id} takes two files, the palm detector and the hand landmark network");
        }

        var networks = new Dictionary<string, (string Path, TfliteSummary Network)>();
        string? variant = null;
        foreach (string path in checkpoints)
        {
            var network = new TfliteSummary(TfliteFile.Read(path));
            (string part, string size) = Recognise(system, network, path);
            if (!networks.TryAdd(part, (path, network)) || (variant ??= size) != size)
            {
                throw new CheckpointException(
                    path, $"this is a '{size}' {part} network; give one palm and one hand network, both full or both lite");
            }
        }

        TensorMap map = SourceFiles.NewMap(
            system.Id, variant!, system.Licence, MediaPipeHandManifest.Parts.Select(part => networks[part.Part].Path));
        foreach ((string part, _) in MediaPipeHandManifest.Parts)
        {
            AddConstants(map, part, networks[part].Network);
        }

        return new ConversionResult(map, []);
    }

    private static (string Part, string Variant) Recognise(HandSystem system, TfliteSummary network, string path)
    {
        // A damaged network is compared with the published one that it shares most lines with.
        (string Part, string Variant, string Difference, int Shared) best = ("", "", "", -1);
        foreach ((string part, string list) in MediaPipeHandManifest.Parts)
        {
            foreach (string variant in system.Variants)
            {
                string[] expected = MediaPipeHandManifest.Operators(list, variant);
                if (network.Lines.SequenceEqual(expected))
                {
                    return (part, variant);
                }

                int shared = expected.Intersect(network.Lines).Count();
                if (shared > best.Shared)
                {
                    best = (part, variant, Difference(expected, network.Lines), shared);
                }
            }
        }

        throw new CheckpointException(
            path, $"this is not one of the published networks; the nearest is the {best.Variant} {best.Part} network, but {best.Difference}");
    }

    private static string Difference(string[] expected, IReadOnlyList<string> found)
    {
        const int mostShown = 5;
        List<string> wrong = [];
        for (int i = 0; i < Math.Max(expected.Length, found.Count); i++)
        {
            string want = i < expected.Length ? expected[i] : "nothing";
            string have = i < found.Count ? found[i] : "nothing";
            if (want != have)
            {
                wrong.Add($"'{have}' stands where '{want}' is expected");
            }
        }

        string more = wrong.Count > mostShown ? $"; and {wrong.Count - mostShown} more lines differ" : "";
        return string.Join("; ", wrong.Take(mostShown)) + more;
    }

    private static void AddConstants(TensorMap map, string part, TfliteSummary network)
    {
        for (int number = 0; number < network.Operators.Count; number++)
        {
            TfliteOperator op = network.Operators[number];
            string[] names = op.Op switch
            {
                TfliteOp.Conv2D or TfliteOp.DepthwiseConv2D or TfliteOp.FullyConnected => ["w", "b"],
                TfliteOp.Prelu => ["alpha"],
                _ => [],
            };
            for (int i = 0; i < names.Length; i++)
            {
                Tensor constant = network.ConstantOf(op.Inputs[1 + i])!;
                map.Add($"{part}.op{number}.{names[i]}", new Tensor(constant.Type, constant.Shape, constant.Bytes.ToArray()));
            }
        }
    }
}
