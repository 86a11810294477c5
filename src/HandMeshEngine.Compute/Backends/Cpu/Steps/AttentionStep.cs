namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// Fused attention: a task computes some queries of one head; their weights over the keys stay in scratch memory.
/// </summary>
internal sealed unsafe class AttentionStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly AttentionLayout _layout;
    private readonly AttentionRows _rows;
    private readonly float _scale;
    private readonly View _q;
    private readonly View _packed;
    private readonly View _output;
    private readonly int _blocks;
    private readonly TileSet<TSimd, TVector> _tiles;

    public AttentionStep(AttentionLayout layout, AttentionRows rows, TileShape shape, float scale, View q, View packed, View output)
    {
        _layout = layout;
        _rows = rows;
        _scale = scale;
        _q = q;
        _packed = packed;
        _output = output;
        _blocks = (q.Width + rows.Count - 1) / rows.Count;
        _tiles = new TileSet<TSimd, TVector>(shape);
    }

    public override int Tasks => _q.Images * _layout.Heads * _blocks;

    // Weights of all queries over all keys, a bias of zeros, and a factor for each query.
    public override int ScratchFloats => (_rows.Count * _layout.PaddedKeys) + _layout.PanelWidth + _rows.Count;

    public override string Describe() => $"attention {_layout.Heads} heads {_q}, {_packed} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        (int headIndex, int block) = Math.DivRem(task, _blocks);
        (int n, int head) = Math.DivRem(headIndex, _layout.Heads);
        int first = block * _rows.Count;
        int count = Math.Min(_rows.Count, _q.Width - first);
        float* packed = _packed.Data + (headIndex * _layout.HeadFloats);
        float* zeros = scratch + (_rows.Count * _layout.PaddedKeys);
        new Span<float>(zeros, _layout.PanelWidth).Clear();
        int segment = 0;
        TileCall call = (count == _rows.Count ? _rows.Scores : _rows.LastScores).Call(_layout.HeadWidth);
        call.Segments = &segment;
        call.Bias = zeros;
        call.LastLanes = TSimd.Width;
        call.Input = _q.Data + ((long)n * _q.ImageStride) + ((long)first * _q.PixelStride) + (head * _layout.HeadWidth);
        for (int key = 0; key < _layout.Keys; key += _layout.PanelWidth)
        {
            call.Weights = packed + ((long)key * _layout.HeadWidth);
            call.Output = scratch + key;
            _tiles.Run(_layout.PanelVectors, &call);
        }

        float* factors = zeros + _layout.PanelWidth;
        for (int i = 0; i < count; i++)
        {
            factors[i] = SoftmaxKernel.Exponentials<TSimd, TVector>(scratch + (i * _layout.PaddedKeys), _layout.Keys, _scale);
        }

        call = (count == _rows.Count ? _rows.Sums : _rows.LastSums).Call(_layout.Keys);
        call.Segments = &segment;
        call.Bias = zeros;
        call.Input = scratch;
        float* output = _output.Data + ((long)n * _output.ImageStride) + ((long)first * _output.PixelStride) + (head * _layout.HeadWidth);
        for (int column = 0; column < _layout.HeadWidth; column += _layout.PanelWidth)
        {
            int columns = Math.Min(_layout.PanelWidth, _layout.HeadWidth - column);
            int vectors = (columns + TSimd.Width - 1) / TSimd.Width;
            call.Weights = packed + _layout.KeyFloats + ((long)column * _layout.Keys);
            call.Output = output + column;
            call.LastLanes = columns - ((vectors - 1) * TSimd.Width);
            _tiles.Run(vectors, &call);
        }

        // Scaled last: a head has fewer channels than keys.
        for (int i = 0; i < count; i++)
        {
            SoftmaxKernel.Multiply<TSimd, TVector>(output + ((long)i * _output.PixelStride), _layout.HeadWidth, factors[i]);
        }
    }
}
