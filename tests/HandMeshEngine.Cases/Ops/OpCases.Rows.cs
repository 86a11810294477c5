using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cases.Ops;

/// <content>Ops on rows and meshes.</content>
public static partial class OpCases
{
    private static IEnumerable<OpCase> Rows()
    {
        yield return new OpCase("layernorm", scene => scene.Output(scene.Graph.Add(
            new LayerNormOp(1e-5f), scene.Input("x", 2, 13, 70), scene.Weight(1, 70), scene.Weight(1, 70))));
        foreach (int[] shape in new int[][] { [1, 3, 64], [2, 40], [17], [2, 5, 1] })
        {
            yield return new OpCase($"softmax {new Shape(shape)}", scene => scene.Output(scene.Graph.Softmax(scene.Input("x", shape))));
        }

        yield return new OpCase("softargmax of maps", scene => scene.Output(scene.Graph.SoftArgmax(scene.Input("x", 2, 78, 64))));
        yield return new OpCase("softargmax of rows", scene => scene.Output(scene.Graph.SoftArgmax(scene.Input("x", 9, 30))));
        yield return new OpCase("bincenters", scene => scene.Output(scene.Graph.BinCenters(
            scene.Input("y0", 2, 64), scene.Input("range", Tensor.From(new Shape(2), 0.3f, 3f)), 0.1f)));
        yield return new OpCase("bincenters with a constant range", scene => scene.Output(scene.Graph.BinCenters(
            scene.Input("y0", 1, 5), scene.Graph.Constant("range", new Shape(2), 0.3f, 3f), 1e-3f)));
        yield return new OpCase("rootsolve", scene =>
        {
            (Tensor points, Tensor rays, Tensor weights) = Hand(scene, 3);
            weights.Span<float>()[21..42].Clear();
            scene.Output(scene.Graph.RootSolve(scene.Input("points", points), scene.Input("rays", rays), scene.Input("weights", weights)));
        });
    }

    /// <summary>Points seen by a camera 0.6 m away, with noise on the rays.</summary>
    private static (Tensor Points, Tensor Rays, Tensor Weights) Hand(OpScene scene, int count)
    {
        Tensor points = scene.Numbers(new Shape(count, 21, 3), 0.05f);
        Tensor rays = scene.Numbers(new Shape(count, 21, 2), 1e-3f);
        Tensor weights = scene.Numbers(new Shape(count, 21), 1);
        for (int i = 0; i < 21 * count; i++)
        {
            ReadOnlySpan<float> point = points.Span<float>().Slice(3 * i, 3);
            rays.Span<float>()[2 * i] += (point[0] + 0.1f) / (point[2] + 0.6f);
            rays.Span<float>()[(2 * i) + 1] += (point[1] - 0.05f) / (point[2] + 0.6f);
            weights.Span<float>()[i] = MathF.Abs(weights.Span<float>()[i]);
        }

        return (points, rays, weights);
    }

    private static IEnumerable<OpCase> Meshes()
    {
        yield return new OpCase("gather", scene => scene.Output(scene.Graph.Gather(scene.Input("x", 2, 61, 35), scene.Table(61, 90))));
        yield return new OpCase("gather by an input", scene => scene.Output(scene.Graph.Gather(
            scene.Input("x", 1, 61, 3), scene.Input("index", scene.Indices(61, new Shape(70))))));
        foreach ((int vertices, int rows, int channels, int outputs) in new[] { (98, 98, 259, 256), (61, 61, 64, 3), (50, 33, 3, 21) })
        {
            yield return new OpCase($"spiralconv {vertices}x{channels}->{outputs}", scene => scene.Output(scene.Graph.SpiralConv(
                scene.Input("x", 2, vertices, channels),
                scene.Table(vertices, rows, 9),
                scene.Weight(1 / MathF.Sqrt(9 * channels), outputs, 9 * channels),
                scene.Weight(0.5f, outputs))));
        }

        yield return new OpCase("spiralconv residual prelu", scene =>
        {
            var op = new SpiralConvOp(new Epilogue(true, true, Activation.PRelu));
            scene.Output(scene.Graph.Add(
                op,
                [scene.Input("x", 2, 40, 16), scene.Table(40, 35, 9), scene.Weight(0.1f, 30, 144), .. EpilogueOperands(scene, op.Epilogue, 30, 2, 35, 30)]));
        });
        yield return new OpCase("spiraldepthwise", scene => scene.Output(scene.Graph.SpiralDepthwise(
            scene.Input("x", 2, 61, 35), scene.Table(61, 49, 9), scene.Weight(0.3f, 35, 9))));
        yield return new OpCase("sparsematmul", scene => scene.Output(scene.Graph.SparseMatMul(
            scene.Input("x", 2, 195, 35), scene.Table(195, 389, 3), scene.Weight(1, 389, 3))));
        foreach (int terms in new[] { 2, 3, 4 })
        {
            yield return new OpCase($"chebterms {terms}", scene => scene.Output(scene.Graph.ChebTerms(
                scene.Input("x", 2, 61, 21), scene.Table(61, 61, 10), scene.Weight(0.2f, 61, 10), terms)));
        }

        yield return new OpCase("ginaggregate", scene =>
        {
            var rows = new List<int> { 0 };
            var columns = new List<int>();
            for (int v = 0; v < 61; v++)
            {
                for (int e = scene.Next(0, 9); e > 0; e--)
                {
                    columns.Add(scene.Next(0, 61));
                }

                rows.Add(columns.Count);
            }

            scene.Output(scene.Graph.GinAggregate(
                scene.Input("x", 2, 61, 39),
                scene.Graph.Constant("rows", Tensor.From<int>(new Shape(rows.Count), [.. rows])),
                scene.Graph.Constant("columns", Tensor.From<int>(new Shape(columns.Count), [.. columns])),
                0.25f));
        });
    }
}
