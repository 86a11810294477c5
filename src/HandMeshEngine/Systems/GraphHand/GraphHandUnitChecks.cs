namespace HandMeshEngine.Systems.GraphHand;

/// <summary>NAME.units of graphhand: sort, coarsening, resize and heat-map decoding, each alone.</summary>
internal static class GraphHandUnitChecks
{
    // Their maps peak on the border, where neighbouring pixels tie: one pixel is allowed.
    private const int BorderJoints = 3;

    /// <summary>Runs every unit that the case holds.</summary>
    public static void Run(Checks c)
    {
        foreach (string name in c.Case.Tensors.Names)
        {
            switch (name.Split('.'))
            {
                case ["argsort", var size, "values"]: Argsort(c, $"argsort.{size}"); break;
                case ["coarsen", var size, "faces"]: Coarsen(c, $"coarsen.{size}"); break;
                case ["resize", var size, "src"]: Resize(c, $"resize.{size}"); break;
            }
        }

        c.Stage("decode", ["decode.heatmaps"], Decode, [
            new Expected("decode.uv", Tolerance.Exact, Tolerance.Exact) { Value = "uv", Limits = i => i / 2 < BorderJoints ? 1 : 0 },
            new Expected("decode.conf", Tolerance.OfMax(1e-4), Tolerance.OfMax(1e-2)) { Value = "confidence" },
        ]);
    }

    private static void Argsort(Checks c, string unit)
    {
        Tensor values = c.Case.Tensors[$"{unit}.values"];
        int[] order = NumpyArgsort.Sort(values.Span<double>());
        c.Host("argsort", $"{unit}.order", i => order[i], Tolerance.Exact);
    }

    private static void Coarsen(Checks c, string unit)
    {
        GraphHandTables tables = GraphHandTables.FromFaces(c.Case.Tensors[$"{unit}.faces"].ToInt32().Span<int>());
        c.Host("coarsen", $"{unit}.levels", i => tables.LevelSizes[i], Tolerance.Exact);
        c.Host("coarsen", $"{unit}.perm", i => tables.Permutation[i], Tolerance.Exact);
        c.Host("coarsen", $"{unit}.lmax", tables.LargestEigenvalue, new Tolerance(1e-9));
        foreach ((string name, Tensor table) in tables.ToTensors())
        {
            string stored = name.Replace("table.", $"{unit}.", StringComparison.Ordinal);
            if (stored.Contains(".L", StringComparison.Ordinal))
            {
                c.Host("coarsen", stored, i => table[i], table.Type == DType.Float32 ? new Tolerance(1e-6) : Tolerance.Exact);
            }
        }
    }

    private static void Resize(Checks c, string unit)
    {
        Tensor source = c.Case.Tensors[$"{unit}.src"];
        var view = new HandView(default, new HandBox(0, 0, source.Shape[1], source.Shape[0]), BoxIsCrop: true);
        c.Graph(
            "resize",
            "stage",
            g => g.Output("resized", g.WarpNormalize(g.Image("image"), g.Input("crop", DType.Float64, 1, 3, 3), new WarpNormalizeOp(
                GraphHandNetwork.Size, GraphHandNetwork.Size, WarpSampling.OpenCvResize, WarpBorder.Zero, SwapRedBlue: false, (1, 1, 1), (0, 0, 0)))),
            session => GraphHandModel.CropOf(view).ToMatrix().CopyTo(session.Input<double>("crop")),
            source,
            [new Expected($"{unit}.dst", Tolerance.Exact, Tolerance.Exact) { Value = "resized", Reorder = Expected.Planar }]);
    }

    private static Value Decode(GraphBuilder g, Value[] values)
    {
        Shape maps = g.ShapeOf(values[0]);
        Value joints = GraphHandNetwork.Decode(g, g.Reshape(values[0], 1, maps[0], maps[1], maps[2]));
        g.Output("uv", g.Slice(joints, 2, 0, 2));
        g.Output("confidence", g.Slice(joints, 2, 2, 1));
        return joints;
    }
}
