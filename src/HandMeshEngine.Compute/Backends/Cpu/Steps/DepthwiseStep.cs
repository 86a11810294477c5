using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Packed constants of a depth-wise convolution.</summary>
/// <param name="Weights">[channel vectors][taps][vector].</param>
/// <param name="Bias">[channels].</param>
/// <param name="Slope">[channels], or 0.</param>
internal readonly record struct DepthwiseOperands(nint Weights, nint Bias, nint Slope);

/// <summary>Depth-wise convolutions: vectors of channels, a tile is some output rows.</summary>
internal sealed unsafe class DepthwiseStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TileWork = 64 * 1024;

    private readonly string _name;
    private readonly int _stride;
    private readonly int _taps;
    private readonly int* _offsets;
    private readonly DepthwiseOperands _operands;
    private readonly Area _input;
    private readonly Area _output;
    private readonly Area? _residual;
    private readonly Activation _activation;
    private readonly (float Low, float High) _clamp;
    private readonly int _cuts;

    public DepthwiseStep(
        string name,
        int stride,
        int taps,
        int* offsets,
        DepthwiseOperands operands,
        Area input,
        Area output,
        Area? residual,
        Activation activation,
        int threads)
    {
        _name = name;
        _stride = stride;
        _taps = taps;
        _offsets = offsets;
        _operands = operands;
        _input = input;
        _output = output;
        _residual = residual;
        _activation = activation;
        _clamp = ActivationKernels.Clamp(activation);
        _cuts = RowCuts.Count(output.Rows, (long)output.Width * output.Channels * taps, TileWork, threads);
    }

    public override int Tiles => _cuts;

    public override string Describe() => $"{_name} {_input} -> {_output}" + (_residual is null ? string.Empty : $" + {_residual}");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(_output.Rows, _cuts, tile);
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, _output.Height);
            float* from = _input.Data + ((long)n * _input.ImageStride) + ((long)y * _stride * _input.RowStride);
            float* to = _output.Data + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride);
            float* residual = _residual is null
                ? null
                : _residual.Data + ((long)n * _residual.ImageStride) + ((long)y * _residual.RowStride);
            Row(from, to, residual);
            if (ActivationKernels.IsCurved(_activation))
            {
                for (int x = 0; x < _output.Width; x++)
                {
                    ActivationKernels.Apply<TSimd, TVector>(_activation.Kind, to + ((long)x * _output.PixelStride), _output.Channels);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(float* from, float* to, float* residual)
    {
        TVector low = TSimd.Broadcast(_clamp.Low), high = TSimd.Broadcast(_clamp.High);
        for (int c = 0; c < _output.Channels; c += TSimd.Width)
        {
            int left = Math.Min(TSimd.Width, _output.Channels - c);
            float* weights = (float*)_operands.Weights + (c * _taps);
            TVector bias = TSimd.Load((float*)_operands.Bias + c);
            for (int x = 0; x < _output.Width; x++)
            {
                float* source = from + ((long)x * _stride * _input.PixelStride) + c;
                TVector sum = bias;
                for (int t = 0; t < _taps; t++)
                {
                    TVector value = left == TSimd.Width ? TSimd.Load(source + _offsets[t]) : TSimd.LoadPartial(source + _offsets[t], left);
                    sum = TSimd.MultiplyAdd(value, TSimd.Load(weights + (t * TSimd.Width)), sum);
                }

                if (residual != null)
                {
                    sum = TSimd.Add(sum, TSimd.LoadPartial(residual + ((long)x * _residual!.PixelStride) + c, left));
                }

                sum = _operands.Slope == 0
                    ? TSimd.Min(high, TSimd.Max(low, sum))
                    : TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, sum), TSimd.Load((float*)_operands.Slope + c), TSimd.Max(TSimd.Zero, sum));
                TSimd.StorePartial(sum, to + ((long)x * _output.PixelStride) + c, left);
            }
        }
    }
}
