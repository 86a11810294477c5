using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>A plain product of matrices with constant strides and one panel of columns.</summary>
internal unsafe ref struct TileMatrix
{
    public float* Input;
    public int InputStride;
    public int Depth;

    /// <summary>[depth][vectors].</summary>
    public float* Weights;
    public float* Output;
    public int OutputStride;
    public int Rows;

    /// <summary>Columns that count.</summary>
    public int Columns;

    /// <summary>Vectors that hold them.</summary>
    public int Vectors;
}

/// <summary>Runs register tiles over a <see cref="TileMatrix"/>.</summary>
internal sealed unsafe class TileRunner<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly TileShape _shape;
    private readonly delegate*<TileCall*, void>[] _tiles;

    public TileRunner(TileShape shape)
    {
        _shape = shape;
        _tiles = new delegate*<TileCall*, void>[shape.Vectors + 1];
        for (int vectors = 1; vectors <= shape.Vectors; vectors++)
        {
            _tiles[vectors] = RegisterTiles<TSimd, TVector>.Find(shape.Pixels, vectors);
        }
    }

    /// <summary>Scratch floats that <see cref="Run"/> needs: a tile of outputs and a vector row of zeros.</summary>
    public int ScratchFloats => (_shape.Pixels + 1) * _shape.Vectors * TSimd.Width;

    /// <summary>Computes the product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in TileMatrix matrix, float* scratch)
    {
        int width = matrix.Vectors * TSimd.Width;
        bool partial = matrix.Columns < width;
        float* zeros = scratch + (_shape.Pixels * width);
        new Span<float>(zeros, width).Clear();
        int* inputRows = stackalloc int[_shape.Pixels];
        int* outputRows = stackalloc int[_shape.Pixels];
        int segment = 0;
        TileCall call = default;
        call.Segments = &segment;
        call.SegmentCount = 1;
        call.SegmentLength = matrix.Depth;
        call.Weights = matrix.Weights;
        call.Bias = zeros;
        call.Low = float.NegativeInfinity;
        call.High = float.PositiveInfinity;
        call.InputRows = inputRows;
        call.OutputRows = outputRows;
        for (int row = 0; row < matrix.Rows; row += _shape.Pixels)
        {
            int count = Math.Min(_shape.Pixels, matrix.Rows - row);
            for (int i = 0; i < _shape.Pixels; i++)
            {
                int used = Math.Min(i, count - 1);
                inputRows[i] = used * matrix.InputStride;
                outputRows[i] = partial ? i * width : used * matrix.OutputStride;
            }

            float* output = matrix.Output + ((long)row * matrix.OutputStride);
            call.Input = matrix.Input + ((long)row * matrix.InputStride);
            call.Output = partial ? scratch : output;
            _tiles[matrix.Vectors](&call);
            for (int i = 0; partial && i < count; i++)
            {
                RunCopy.Copy<TSimd, TVector>(scratch + (i * width), output + ((long)i * matrix.OutputStride), matrix.Columns);
            }
        }
    }
}
