using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Decides, before memory is allocated, which values are written straight into a concatenation, how wide the border of each map is and how
/// far apart its pixels lie.
/// </summary>
internal sealed class ValueLayouts
{
    // Floats of a cache line; from how many channels on the window of a map may not fit the first-level cache.
    private const int Line = 16, WideChannels = 48;

    private readonly OpGraph _graph;
    private readonly bool[] _feedsDepthwise;
    private readonly Padding[] _borders;
    private readonly Dictionary<int, ConcatPart> _parts;

    /// <summary>Decides for a graph; <paramref name="borderOf"/> says which border of its first operand a node reads, null for none.</summary>
    public ValueLayouts(OpGraph graph, Func<Node, Padding?> borderOf)
    {
        _graph = graph;
        _borders = new Padding[graph.Nodes.Count];
        _feedsDepthwise = new bool[graph.Nodes.Count];
        _parts = ConcatInPlace.Find(graph, Fits, lastFirst: false);
        foreach (Node node in graph.Nodes)
        {
            if (borderOf(node) is { } need)
            {
                Widen(node.Inputs[0], need);
            }

            if (node.Op is Conv2dOp { Groups: > 1 })
            {
                _feedsDepthwise[node.Inputs[0]] = true;
            }
        }

        while (SpreadBorders())
        {
        }

        SpreadStrides();
    }

    /// <summary>The border that the readers of a map need.</summary>
    public Padding Border(int id) => _borders[id];

    /// <summary>
    /// Floats from one pixel of a map to the next. A depth-wise convolution reads one vector of channels from each pixel of its window: at
    /// a stride of an odd number of cache lines these spread over all sets of the first-level cache (1152 channels without padding would share
    /// 8 of 64). Narrow pixels are padded to whole lines, or half of the vectors would lie in two (24 channels).
    /// </summary>
    public int PixelStride(int id)
    {
        int channels = _graph.Nodes[id].Type.Shape[1];
        int lines = (channels + Line - 1) / Line;
        return !_feedsDepthwise[id] || 4 * channels < 3 * lines * Line ? channels : (channels >= WideChannels ? lines | 1 : lines) * Line;
    }

    /// <summary>The part of a concatenation that a value is written into; null if it has memory of its own.</summary>
    public ConcatPart? Part(int id) => _parts.GetValueOrDefault(id);

    /// <summary>The larger of two borders on each side.</summary>
    public static Padding Larger(Padding a, Padding b) =>
        new(Math.Max(a.Top, b.Top), Math.Max(a.Left, b.Left), Math.Max(a.Bottom, b.Bottom), Math.Max(a.Right, b.Right));

    // A slice of the channels of a map, or any slice of fewer axes, is as good as memory of its own.
    private static bool Fits(Node node, ConcatPart part) =>
        (node.Type.Shape.Rank <= 3 || (node.Type.Shape.Rank == 4 && part.Axis == 1))
        && node.Op.Traits.Memory is ResultMemory.Packed or ResultMemory.AnyPitch && OpCatalog.Of(node.Op).Cpu.WritesAnywhere
        && part.Concat.Inputs.Count(id => id == node.Id) == 1;

    private bool SpreadBorders()
    {
        bool changed = false;
        for (int id = _borders.Length - 1; id >= 0; id--)
        {
            if (_graph.Nodes[id].Type.Shape.Rank == 4 && Part(id) is { Concat.Id: var whole })
            {
                changed |= Widen(whole, _borders[id]) | Widen(id, _borders[whole]);
            }

            if (_graph.Nodes[id].Op is SliceOp { Axis: 1 } && _graph.Nodes[id].Type.Shape.Rank == 4)
            {
                changed |= Widen(_graph.Nodes[id].Inputs[0], _borders[id]);
            }
        }

        return changed;
    }

    // Parts have the stride of the whole, and come before it.
    private void SpreadStrides()
    {
        foreach ((int id, ConcatPart part) in _parts.OrderBy(pair => pair.Key))
        {
            _feedsDepthwise[part.Concat.Id] |= _feedsDepthwise[id];
        }
    }

    private bool Widen(int id, Padding border)
    {
        Padding old = _borders[id];
        _borders[id] = Larger(old, border);
        return _borders[id] != old;
    }
}
