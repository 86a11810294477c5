namespace HandMeshEngine.Systems.PixelAligned;

/// <summary>The cases of pixelaligned; tolerances from docs/systems/pixelaligned.md 8, and parity/pixelaligned/README.md.</summary>
internal static class PixelAlignedChecks
{
    private const int CoarsestLevel = 4;

    /// <summary>Crop, every decoder level, camera space from the stored outputs, and the chain.</summary>
    public static void Run(Checks c)
    {
        CmrCropChecks.Geometry(c);
        for (int s = CoarsestLevel - 1; s >= 1; s--)
        {
            int level = s;
            string[] above = [$"mesh{s + 1}", "weak_camera"];
            c.Stage($"decoder.m{s}", above, (g, v) => Projected(g, level, v), CmrCropChecks.Network($"point{s}"));
            c.Stage($"decoder.m{s}", [.. above, $"q{s}", $"x{s + 1}"], (g, v) => Decoded(g, level, v), Level(s));
        }

        CmrCropChecks.CameraSpace(c, Root(c, c.Case.Tensors["weak_camera"].Span<float>()), PixelAlignedNetwork.MetresPerUnit);
        CmrCropChecks.Chain(
            c,
            g => PixelAlignedNetwork.Build(g, batch: 1),
            Chain(),
            session => Root(c, session.Output("weak_camera")),
            PixelAlignedNetwork.MetresPerUnit);
    }

    private static List<Expected> Chain()
    {
        List<Expected> expected = [CmrCropChecks.Input, CmrCropChecks.Network("weak_camera")];
        for (int s = CoarsestLevel; s >= 1; s--)
        {
            expected.Add(CmrCropChecks.Network($"q{s}"));
            expected.Add(CmrCropChecks.Network($"point{s}"));
            expected.AddRange(Level(s));
        }

        expected.Add(CmrCropChecks.Network("mesh_rel"));
        return expected;
    }

    // A sampled feature moves with its vertex: the most sensitive tensor.
    private static Expected[] Level(int s) =>
        [CmrCropChecks.Network($"g{s}", float16: 1e-2), CmrCropChecks.Network($"x{s}"), CmrCropChecks.Network($"mesh{s}")];

    private static Value Projected(GraphBuilder g, int s, Value[] v)
    {
        Value mesh = PixelAlignedNetwork.UnpoolMesh(g, s, v[0]);
        return g.Tap($"point{s}", PixelAlignedNetwork.Project(g, mesh, g.Reshape(v[1], 1, 3)));
    }

    private static Value Decoded(GraphBuilder g, int s, Value[] v)
    {
        Value mesh = PixelAlignedNetwork.UnpoolMesh(g, s, v[0]);
        Value point = PixelAlignedNetwork.Project(g, mesh, g.Reshape(v[1], 1, 3));
        Value sampled = g.Tap($"g{s}", FusedPyramid.Sample(g, v[2], point));
        return PixelAlignedNetwork.Decode(g, s, PixelAlignedNetwork.Unpool(g, s, v[3]), sampled, mesh, PixelAlignedNetwork.DefaultHeads).Mesh;
    }

    private static Vector3d Root(Checks c, ReadOnlySpan<float> weakCamera) =>
        PixelAlignedModel.Root(weakCamera, CmrCropChecks.CropCamera(c)) ?? default;
}
