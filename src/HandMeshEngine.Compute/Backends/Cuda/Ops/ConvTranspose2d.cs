using HandMeshEngine.Compute.Backends.Cuda.Tiles;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/convtranspose2d.cu.</summary>
internal sealed class ConvTranspose2d : CudaOp<ConvTranspose2dOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ConvTranspose2dOp op)
    {
        bool tensorCores = context.Precisions.UsesTensorCores(node);
        View x = tensorCores ? context.Views.AlignedHalfOf(node, 0) : context.Views.AlignedOf(node, 0);
        Tensor weights = context.Constants.Tensor(node, 1, "weight");
        Shape w = weights.Shape; // [C, O, kh, kw]
        if (w[2] != w[3])
        {
            throw new GraphException($"{node.Op.Kind}: the cuda backend has no kernel for {w[2]}x{w[3]} windows, only for square ones");
        }

        View to = context.Views.Allocate(node);
        int chunks = Layout.Padded(w[0]) / Layout.Group, depth = chunks * Layout.Group, stride = op.Stride, kernel = w[2];
        int taps = Layout.Ceiling(kernel, stride), outputs = w[1], channels = w[0];
        LaunchStep step = new LaunchStep(node, "convtranspose2d", $"convtranspose2d_{ProductWriter.Engine(tensorCores)}", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("IN_CHUNKS", chunks).Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3])
            .Define("STRIDE", stride).Define("PAD", op.Padding).Define("TAPS", taps);
        step.Detail = $"{x.Shape}->{to.Shape} k{kernel} s{stride}";
        int rows = to.Shape[0] * Layout.Ceiling(to.Shape[2], stride) * Layout.Ceiling(to.Shape[3], stride);
        ProductWriter.Emit(
            context, step, new ProductShape(rows, outputs, taps * taps * chunks, stride * stride), x, to, weights, "convtranspose2d",
            (from, output, k, phase) =>
            {
                int c = k % depth, tap = k / depth;
                int ky = (phase / stride) + (tap / taps * stride), kx = (phase % stride) + (tap % taps * stride);
                return c < channels && ky < kernel && kx < kernel ? from[((((c * outputs) + output) * kernel) + ky) * kernel + kx] : 0;
            },
            op.Epilogue, op.OwnInputs);
    }
}
