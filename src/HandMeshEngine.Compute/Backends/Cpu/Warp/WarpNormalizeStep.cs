using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>Pixels to network input; a task is some rows.</summary>
internal sealed unsafe class WarpNormalizeStep : Step
{
    private const int TaskWork = 16 * 1024;

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

    // The taps of all columns of an OpenCV resize.
    public override int ScratchFloats =>
        _op.Sampling == WarpSampling.OpenCvResize ? _op.Width * sizeof(ResizeTaps) / sizeof(float) : 0;

    public override string Describe() => $"warpnormalize {_op.Describe()} -> {_output}";

    protected override void Compute(int task, float* scratch)
    {
        (int first, int last) = TaskSplit.Range(_output.Rows, _tasks, task);
        bool replicates = _op.Border == WarpBorder.Replicate;
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, _output.Height);
            float* to = _output.Data + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride);
            double* matrix = (double*)_matrices.Data + (9 * n);
            if (_map is null)
            {
                Row(new ByteSource(_image, replicates), new WarpFinish(_op, sourceIsBgr: _image.RedOffset != 0), matrix, y, to, (ResizeTaps*)scratch);
            }
            else
            {
                Row(new MapSource(_map, n, replicates), new WarpFinish(_op, sourceIsBgr: false), matrix, y, to, (ResizeTaps*)scratch);
            }
        }
    }

    private void Row<TSource>(in TSource source, in WarpFinish finish, double* matrix, int row, float* to, ResizeTaps* taps)
        where TSource : struct, IWarpSource
    {
        switch (_op.Sampling)
        {
            case WarpSampling.OpenCvWarp:
                WarpKernels<TSource>.OpenCvWarp(source, finish, matrix, row, _op.Width, to, _output.PixelStride);
                break;
            case WarpSampling.OpenCvResize:
                CropAxis across = CropAxis.Of(matrix[0], matrix[2], _op.Width);
                CropAxis down = CropAxis.Of(matrix[4], matrix[5], _op.Height);
                for (int column = 0; column < _op.Width; column++)
                {
                    taps[column] = across.Horizontal(column);
                }

                WarpKernels<TSource>.OpenCvResize(source, finish, taps, down.Vertical(row), _op.Width, to, _output.PixelStride);
                break;
            default:
                WarpKernels<TSource>.Bilinear(source, finish, matrix, row, _op.Width, to, _output.PixelStride);
                break;
        }
    }
}
