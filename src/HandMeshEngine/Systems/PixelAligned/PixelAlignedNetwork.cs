namespace HandMeshEngine.Systems.PixelAligned;

/// <summary>
/// "Pixel-Aligned Non-parametric Hand Mesh Reconstruction" as a graph: numbers and section marks from docs/systems/pixelaligned.md, symbols
/// from the paper, parameter names from the checkpoint. Level s counts like the paper's meshes: 4 is the coarsest. Sizes follow
/// from the weights, so ResNet-18, ResNet-50 and any mesh fit.
/// </summary>
internal static class PixelAlignedNetwork
{
    /// <summary>Metres per unit of the relative mesh (5).</summary>
    public const double MetresPerUnit = 0.2;

    /// <summary>Attention heads unless the checkpoint's metadata say otherwise; the weights do not tell.</summary>
    public const int DefaultHeads = 4;

    private const int CoarsestLevel = 4;

    /// <summary>The whole network, from the image.</summary>
    /// <param name="g">Where to build it.</param>
    /// <param name="batch">Hands at once.</param>
    /// <param name="heads">Attention heads.</param>
    public static void Build(GraphBuilder g, int batch, int heads = DefaultHeads) => Network(g, CmrCrop.Input(g, batch), heads);

    /// <summary>
    /// The network from its input [N, 3, 224, 224]; outputs <c>mesh_rel</c> and, if the checkpoint has its keys, <c>weak_camera</c>.
    /// </summary>
    public static void Network(GraphBuilder g, Value x, int heads)
    {
        Value[] f = Encoder(g, x);
        FusedPyramid pyramid = FusedPyramid.Build(g, f);
        Value? camera = WeakCamera(g, f[^1]);
        Value mesh = InitialMesh(g, g.ShapeOf(x)[0]);
        Value? features = null;
        for (int s = CoarsestLevel; s >= 1; s--)
        {
            using GraphBuilder.Scope stage = g.Stage($"decoder.m{s}");
            if (features is { } coarse)
            {
                (mesh, features) = (UnpoolMesh(g, s, mesh), Unpool(g, s, coarse));
            }

            Value point = g.Tap($"point{s}", Project(g, mesh, camera));
            Value sampled = g.Tap($"g{s}", pyramid.Sample(g, s, point));
            (features, mesh) = Decode(g, s, features, sampled, mesh, heads);
        }

        if (camera is { } known)
        {
            g.Output("weak_camera", known);
        }

        g.Output("mesh_rel", mesh);
    }

    /// <summary>3.1: F_1 to F_4, at 1/4 to 1/32 of the input.</summary>
    public static Value[] Encoder(GraphBuilder g, Value x)
    {
        using GraphBuilder.Scope stage = g.Stage("encoder");
        x = ResNet.Pool(g, ResNet.Stem(g, x, "encoder"));
        var maps = new Value[CoarsestLevel];
        for (int s = 1; s <= CoarsestLevel; s++)
        {
            maps[s - 1] = x = ResNet.Layer(g, x, "encoder", s);
        }

        return maps;
    }

    /// <summary>3.3: (scale, tx, ty) [N, 3]; null for a checkpoint without camera, whose vertices are image-aligned.</summary>
    public static Value? WeakCamera(GraphBuilder g, Value f4)
    {
        if (!g.HasWeight("weak_camera.fc.weight"))
        {
            return null;
        }

        using GraphBuilder.Scope stage = g.Stage("weak_camera");
        using GraphBuilder.Scope head = g.FullPrecision();
        Value offset = g.Linear(g.GlobalMean(f4), "weak_camera.fc.weight", "weak_camera.fc.bias");
        return g.Tap("weak_camera", g.Sum(offset, g.Parameter("weak_camera.mean")));
    }

    /// <summary>pi(v) = (s x + tx, s y + ty) [N, V, 2]: -1 and 1 are the outer edges of the crop.</summary>
    public static Value Project(GraphBuilder g, Value mesh, Value? camera)
    {
        using GraphBuilder.Scope positions = g.FullPrecision();
        Value xy = g.Slice(mesh, 2, 0, 2);
        if (camera is not { } weak)
        {
            return xy;
        }

        int batch = g.ShapeOf(weak)[0];
        Value scale = g.Reshape(g.Slice(weak, 1, 0, 1), batch, 1, 1);
        Value shift = g.Reshape(g.Slice(weak, 1, 1, 2), batch, 1, 2);
        return g.Sum(g.Multiply(xy, scale), shift);
    }

    /// <summary>3.4, steps 3 to 8: features and mesh of a level from cat(X, G, P).</summary>
    public static (Value Features, Value Mesh) Decode(GraphBuilder g, int s, Value? features, Value sampled, Value mesh, int heads)
    {
        using GraphBuilder.Scope weights = g.ExactWeights(); // samples move with the vertices
        string m = $"decoder.m{s}";
        Value spiral = g.Table($"mesh.m{s}_spiral");
        Value x = features is { } fromAbove ? g.Concat(2, fromAbove, sampled, mesh) : g.Concat(2, sampled, mesh);
        x = g.Relu(SpiralConv(g, x, spiral, $"{m}.gcn1"));
        x = g.LayerNorm(g.Sum(x, SelfAttention(g, x, m, heads)), $"{m}.layernorm");
        x = g.Tap($"x{s}", g.Relu(SpiralConv(g, x, spiral, $"{m}.gcn2")));
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return (x, g.Tap($"mesh{s}", g.Sum(mesh, SpiralConv(g, x, spiral, $"{m}.offset"))));
    }

    /// <summary>Un-pooling of a level by its fixed rows (4): y[v] = sum_j value[v, j] x[index[v, j]].</summary>
    public static Value Unpool(GraphBuilder g, int s, Value x) =>
        g.SparseMatMul(x, g.Table($"mesh.m{s}_up_index"), g.Parameter($"mesh.m{s}_up_value"));

    /// <summary>Un-pooling of a mesh: positions stay float32.</summary>
    public static Value UnpoolMesh(GraphBuilder g, int s, Value mesh)
    {
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return Unpool(g, s, mesh);
    }

    private static Value SelfAttention(GraphBuilder g, Value x, string m, int heads)
    {
        int width = g.ShapeOf(x)[2];
        if (width % heads != 0)
        {
            throw new GraphException($"{m}: {width} features do not split in {heads} attention heads");
        }

        Value qkv = g.Linear(x, $"{m}.qkv.weight", $"{m}.qkv.bias");
        Value attended = g.Attention(
            g.Slice(qkv, 2, 0, width),
            g.Slice(qkv, 2, width, width),
            g.Slice(qkv, 2, 2 * width, width),
            heads,
            1 / MathF.Sqrt(width / heads));
        return g.Linear(attended, $"{m}.proj.weight", $"{m}.proj.bias");
    }

    private static Value SpiralConv(GraphBuilder g, Value x, Value spiral, string layer) =>
        g.SpiralConv(x, spiral, g.Parameter($"{layer}.weight"), g.Parameter($"{layer}.bias"));

    // The template is the same for every item of the batch.
    private static Value InitialMesh(GraphBuilder g, int batch)
    {
        Tensor template = g.Weight("mesh.init").ToFloat32();
        var meshes = new Tensor(DType.Float32, new Shape(batch, template.Shape[0], template.Shape[1]));
        for (int item = 0; item < batch; item++)
        {
            template.Span<float>().CopyTo(meshes.Span<float>()[(item * template.Shape.Count)..]);
        }

        return g.Constant("mesh.init", meshes);
    }
}
