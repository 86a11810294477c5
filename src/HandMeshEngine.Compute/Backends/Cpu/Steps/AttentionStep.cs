using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// How keys and values are packed for attention: per image and head first the keys as weights [head width][keys], then the values
/// as weights [keys][head width], both in panels of <see cref="PanelVectors"/> vectors.
/// </summary>
internal sealed record AttentionLayout(int Heads, int Keys, int HeadWidth, int VectorWidth)
{
    /// <summary>Vectors of a panel.</summary>
    public int PanelVectors => 2;

    public int PanelWidth => PanelVectors * VectorWidth;

    public int PaddedKeys => (Keys + PanelWidth - 1) / PanelWidth * PanelWidth;

    public int PaddedWidth => (HeadWidth + PanelWidth - 1) / PanelWidth * PanelWidth;

    public long KeyFloats => (long)HeadWidth * PaddedKeys;

    public long HeadFloats => KeyFloats + ((long)Keys * PaddedWidth);

    public long ImageFloats => Heads * HeadFloats;
}

/// <summary>Packs keys and values.</summary>
internal sealed unsafe class AttentionPackStep<TSimd, TVector>(AttentionLayout layout, Area k, Area v, Area packed) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    public override int Tiles => k.Images * layout.Heads;

    public override string Describe() => $"attention pack {k}, {v} -> {packed}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int n, int head) = Math.DivRem(tile, layout.Heads);
        float* to = packed.Data + (tile * layout.HeadFloats);
        float* keys = k.Data + ((long)n * k.ImageStride) + (head * layout.HeadWidth);
        for (int first = 0; first < layout.Keys; first += layout.PanelWidth)
        {
            for (int c = 0; c < layout.HeadWidth; c++, to += layout.PanelWidth)
            {
                for (int i = 0; i < layout.PanelWidth; i++)
                {
                    to[i] = first + i < layout.Keys ? keys[((long)(first + i) * k.PixelStride) + c] : 0;
                }
            }
        }

        float* values = v.Data + ((long)n * v.ImageStride) + (head * layout.HeadWidth);
        for (int first = 0; first < layout.HeadWidth; first += layout.PanelWidth)
        {
            for (int j = 0; j < layout.Keys; j++, to += layout.PanelWidth)
            {
                for (int i = 0; i < layout.PanelWidth; i += TSimd.Width)
                {
                    int left = Math.Clamp(layout.HeadWidth - first - i, 0, TSimd.Width);
                    TSimd.Store(TSimd.LoadPartial(values + ((long)j * v.PixelStride) + first + i, left), to + i);
                }
            }
        }
    }
}

/// <summary>
/// Fused attention: a tile takes some queries of one head, keeps their weights over all keys in scratch memory and never
/// stores them.
/// </summary>
internal sealed unsafe class AttentionStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int QueryRows = 24;

    private readonly AttentionLayout _layout;
    private readonly float _scale;
    private readonly Area _q;
    private readonly Area _packed;
    private readonly Area _output;
    private readonly int _blocks;
    private readonly TileRunner<TSimd, TVector> _runner;

    public AttentionStep(AttentionLayout layout, float scale, Area q, Area packed, Area output)
    {
        _layout = layout;
        _scale = scale;
        _q = q;
        _packed = packed;
        _output = output;
        _blocks = (q.Width + QueryRows - 1) / QueryRows;
        _runner = new TileRunner<TSimd, TVector>(new TileShape(TSimd.Registers == 32 ? 12 : 6, layout.PanelVectors));
    }

    public override int Tiles => _q.Images * _layout.Heads * _blocks;

    public override int ScratchFloats => (QueryRows * _layout.PaddedKeys) + _runner.ScratchFloats;

    public override string Describe() => $"attention {_layout.Heads} heads {_q}, {_packed} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int headIndex, int block) = Math.DivRem(tile, _blocks);
        (int n, int head) = Math.DivRem(headIndex, _layout.Heads);
        int first = block * QueryRows;
        int rows = Math.Min(QueryRows, _q.Width - first);
        float* weights = _packed.Data + (headIndex * _layout.HeadFloats);
        float* spare = scratch + (QueryRows * _layout.PaddedKeys);
        var scores = new TileMatrix
        {
            Input = _q.Data + ((long)n * _q.ImageStride) + ((long)first * _q.PixelStride) + (head * _layout.HeadWidth),
            InputStride = _q.PixelStride,
            Depth = _layout.HeadWidth,
            OutputStride = _layout.PaddedKeys,
            Rows = rows,
            Columns = _layout.PanelWidth,
            Vectors = _layout.PanelVectors,
        };
        for (int key = 0; key < _layout.Keys; key += _layout.PanelWidth)
        {
            scores.Weights = weights + ((long)key * _layout.HeadWidth);
            scores.Output = scratch + key;
            _runner.Run(in scores, spare);
        }

        for (int i = 0; i < rows; i++)
        {
            SoftmaxKernel.Run<TSimd, TVector>(scratch + (i * _layout.PaddedKeys), _layout.Keys, _scale);
        }

        var sums = new TileMatrix
        {
            Input = scratch,
            InputStride = _layout.PaddedKeys,
            Depth = _layout.Keys,
            OutputStride = _output.PixelStride,
            Rows = rows,
            Vectors = _layout.PanelVectors,
        };
        weights += _layout.KeyFloats;
        for (int column = 0; column < _layout.HeadWidth; column += _layout.PanelWidth)
        {
            sums.Weights = weights + ((long)column * _layout.Keys);
            sums.Output = _output.Data + ((long)n * _output.ImageStride) + ((long)first * _output.PixelStride) + (head * _layout.HeadWidth) + column;
            sums.Columns = Math.Min(_layout.PanelWidth, _layout.HeadWidth - column);
            _runner.Run(in sums, spare);
        }
    }
}
