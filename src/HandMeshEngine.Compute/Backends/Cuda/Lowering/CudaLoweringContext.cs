using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>All that the lowering of an op may know and change while a graph becomes a plan, node by node.</summary>
internal sealed class CudaLoweringContext
{
    /// <summary>Looks at the whole graph before any launch is written.</summary>
    public CudaLoweringContext(OpGraph graph, SessionOptions options, TileChoice tiles, bool roundsHeads, bool merges)
    {
        Graph = graph;
        Tiles = tiles;
        Uses = new Uses(graph);
        Operands = new Operands(graph, "cuda");
        Constants = new ConstantPool(graph, Operands, Plan);
        Dictionary<int, FusedEpilogue> epilogues = FusedEpilogues.Find(graph, Uses);
        Precisions = new Precisions(graph, Uses, options.Precision, epilogues, roundsHeads);
        Fusions = new CudaFusions(graph, Uses, epilogues, Precisions, Constants, tiles.Model, merges);
        Views = new ValueViews(this);
    }

    /// <summary>The graph, after all passes.</summary>
    public OpGraph Graph { get; }

    /// <summary>Who reads each value.</summary>
    public Uses Uses { get; }

    /// <summary>What the backend demands of operands and results.</summary>
    public Operands Operands { get; }

    /// <summary>The tiles of products.</summary>
    public TileChoice Tiles { get; }

    /// <summary>What is stored in fp16 and multiplied on tensor cores.</summary>
    public Precisions Precisions { get; }

    /// <summary>What launches do for several nodes.</summary>
    public CudaFusions Fusions { get; }

    /// <summary>Where values lie.</summary>
    public ValueViews Views { get; }

    /// <summary>Weights and tables.</summary>
    public ConstantPool Constants { get; }

    /// <summary>Depth-wise convolutions that were left to the launch of a 1x1 convolution, by that one.</summary>
    public Dictionary<int, Separable> Separables { get; } = [];

    /// <summary>The plan so far.</summary>
    public CudaPlan Plan { get; } = new();

    /// <summary>The shape of an operand.</summary>
    public Shape ShapeOf(Node node, int operand) => Graph.Nodes[node.Inputs[operand]].Type.Shape;

    /// <summary>Appends a launch to the plan.</summary>
    /// <param name="step">The launch, complete but for its costs.</param>
    /// <param name="bytes">What it reads and writes.</param>
    /// <param name="computes">Whether it does the node's arithmetic; off where it only moves operands.</param>
    public void Emit(LaunchStep step, long bytes, bool computes = true)
    {
        step.Bytes = bytes;
        step.MultiplyAdds = computes ? MultiplyAdds(step.Node) : 0;
        Plan.Steps.Add(step);
    }

    /// <summary>Multiply-adds of a node.</summary>
    public long MultiplyAdds(Node node) => node.Op.MultiplyAdds(Graph.InputTypes(node), node.Type);
}
