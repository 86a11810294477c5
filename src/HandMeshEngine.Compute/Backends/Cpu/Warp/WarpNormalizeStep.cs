namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>Pixels to network input; a task is some rows.</summary>
internal sealed unsafe class WarpNormalizeStep : Step
{
    private const int TaskWork = 16 * 1024;

    // Positions are read four at a time.
    private const int PositionsBeyond = 4;

    private readonly WarpNormalizeOp _op;
    private readonly ImageSource _image;
    private readonly View? _map;
    private readonly CpuBuffer _matrices;
    private readonly View _output;
    private readonly int _tasks;

    public WarpNormalizeStep(WarpNormalizeOp op, ImageSource image, View? map, CpuBuffer matrices, View output, int threads)
    {
        _op = op;
        _image = image;
        _map = map;
        _matrices = matrices;
        _output = output;
        _tasks = TaskSplit.Count(output.Rows, output.Width * 12L, TaskWork, threads);
    }

    public override int Tasks => _tasks;

    // The taps of all columns of an OpenCV resize, or the positions of a row through a lens.
    public override int ScratchFloats => Math.Max(
        _op.Sampling == WarpSampling.OpenCvResize ? _op.Width * sizeof(ResizeTaps) / sizeof(float) : 0,
        _map is null ? 2 * (_op.Width + PositionsBeyond) * sizeof(double) / sizeof(float) : 0);

    public override string Describe() => $"warpnormalize {_op.Describe()} -> {_output}";

    protected override void Compute(int task, float* scratch)
    {
        (int first, int last) = TaskSplit.Range(_output.Rows, _tasks, task);
        bool replicates = _op.Border == WarpBorder.Replicate;
        double* stored = stackalloc double[9];
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, _output.Height);
            float* to = _output.Data + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride);
            double* matrix = (double*)_matrices.Data + (9 * n);
            if (_map is not null)
            {
                Row(new MapSource(_map, n, replicates), matrix, y, to, scratch);
            }
            else if (_image.Projection is { } projection)
            {
                ThroughLens(projection, matrix, y, to, scratch);
            }
            else if (_op.Sampling == WarpSampling.Bilinear)
            {
                if (!_image.ToStored.IsIdentity)
                {
                    _image.ToStored.Prepend(new ReadOnlySpan<double>(matrix, 9), new Span<double>(stored, 9));
                    matrix = stored;
                }

                Bilinear(new WarpFinish(_op), new MatrixPositions(matrix, y, _op.Width), to);
            }
            else if (_image.Layout.Kind == SampleKind.Colour && _image.ToStored.IsIdentity)
            {
                Row(new ByteSource(_image, replicates), matrix, y, to, scratch);
            }
            else
            {
                Row(new FrameTaps(_image, replicates), matrix, y, to, scratch);
            }
        }
    }

    // The authors' samplings know no lens: what they round is rounded.
    private void ThroughLens(LensProjection projection, double* matrix, int row, float* to, float* scratch)
    {
        double* rays = stackalloc double[9];
        _image.ToStored.Turn(new ReadOnlySpan<double>(matrix, 9), new Span<double>(rays, 9));
        double* across = (double*)scratch, down = across + _op.Width + PositionsBeyond;
        ListedPositions.Fill(projection, rays, row, _op.Width, across, down);
        Bilinear(new WarpFinish(_op, rounds: _op.Sampling != WarpSampling.Bilinear), new ListedPositions(across, down), to);
    }

    private void Bilinear<TPositions>(in WarpFinish finish, TPositions positions, float* to)
        where TPositions : struct, IWarpPositions
    {
        bool replicates = _op.Border == WarpBorder.Replicate;
        if (_image.Layout.Kind == SampleKind.Colour)
        {
            WarpKernels<ByteSource>.Bilinear(new ByteSource(_image, replicates), finish, positions, _op.Width, to, _output.PixelStride);
        }
        else if (_image.Layout.SampleBytes == 1)
        {
            PlanarKernels<byte>.Bilinear(_image, replicates, finish, positions, _op.Width, to, _output.PixelStride);
        }
        else
        {
            PlanarKernels<ushort>.Bilinear(_image, replicates, finish, positions, _op.Width, to, _output.PixelStride);
        }
    }

    private void Row<TSource>(in TSource source, double* matrix, int row, float* to, float* scratch)
        where TSource : struct, IWarpSource
    {
        var finish = new WarpFinish(_op);
        switch (_op.Sampling)
        {
            case WarpSampling.OpenCvWarp:
                WarpKernels<TSource>.OpenCvWarp(source, finish, matrix, row, _op.Width, to, _output.PixelStride);
                break;
            case WarpSampling.OpenCvResize:
                var taps = (ResizeTaps*)scratch;
                CropAxis across = CropAxis.Of(matrix[0], matrix[2], _op.Width);
                CropAxis down = CropAxis.Of(matrix[4], matrix[5], _op.Height);
                for (int column = 0; column < _op.Width; column++)
                {
                    taps[column] = across.Horizontal(column);
                }

                WarpKernels<TSource>.OpenCvResize(source, finish, taps, down.Vertical(row), _op.Width, to, _output.PixelStride);
                break;
            default:
                WarpKernels<TSource>.Bilinear(source, finish, new MatrixPositions(matrix, row, _op.Width), _op.Width, to, _output.PixelStride);
                break;
        }
    }
}
