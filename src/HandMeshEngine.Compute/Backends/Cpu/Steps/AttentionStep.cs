using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// How keys and values are packed for attention: per image and head first the keys as weights [head width][keys] in panels of
/// <see cref="PanelVectors"/> vectors, then the values as weights [keys][head width] likewise, the last panel as narrow as can be.
/// </summary>
internal sealed record AttentionLayout(int Heads, int Keys, int HeadWidth, int VectorWidth)
{
    /// <summary>Vectors of a panel.</summary>
    public int PanelVectors => 2;

    public int PanelWidth => PanelVectors * VectorWidth;

    public int PaddedKeys => (Keys + PanelWidth - 1) / PanelWidth * PanelWidth;

    public int PaddedWidth => (HeadWidth + VectorWidth - 1) / VectorWidth * VectorWidth;

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
            int width = Math.Min(layout.PanelWidth, layout.PaddedWidth - first);
            for (int j = 0; j < layout.Keys; j++, to += width)
            {
                for (int i = 0; i < width; i += TSimd.Width)
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
    private readonly AttentionLayout _layout;
    private readonly AttentionRows _rows;
    private readonly float _scale;
    private readonly Area _q;
    private readonly Area _packed;
    private readonly Area _output;
    private readonly int _blocks;
    private readonly TileSet<TSimd, TVector> _tiles;

    public AttentionStep(AttentionLayout layout, AttentionRows rows, TileShape shape, float scale, Area q, Area packed, Area output)
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

    public override int Tiles => _q.Images * _layout.Heads * _blocks;

    // Weights of all queries over all keys, a bias of zeros, and a factor for each query.
    public override int ScratchFloats => (_rows.Count * _layout.PaddedKeys) + _layout.PanelWidth + _rows.Count;

    public override string Describe() => $"attention {_layout.Heads} heads {_q}, {_packed} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int headIndex, int block) = Math.DivRem(tile, _blocks);
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

        // The values are fewer than the keys.
        for (int i = 0; i < count; i++)
        {
            SoftmaxKernel.Multiply<TSimd, TVector>(output + ((long)i * _output.PixelStride), _layout.HeadWidth, factors[i]);
        }
    }
}

/// <summary>Rows of the two products of attention: queries by keys, weights by values.</summary>
/// <param name="Count">Queries of a tile.</param>
/// <param name="Scores">First product of a full tile.</param>
/// <param name="Sums">Second product of a full tile.</param>
/// <param name="LastScores">First product of the last tile.</param>
/// <param name="LastSums">Second product of the last tile.</param>
internal sealed record AttentionRows(int Count, MatrixRows Scores, MatrixRows Sums, MatrixRows LastScores, MatrixRows LastSums);
