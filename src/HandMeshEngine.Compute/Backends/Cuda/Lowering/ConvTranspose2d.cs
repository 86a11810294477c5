using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/convtranspose2d.cu.</content>
internal sealed partial class CudaLowering
{
    private void ConvTranspose2d(Node node, ConvTranspose2dOp op)
    {
        bool tensorCores = UsesTensorCores(node);
        View x = tensorCores ? AlignedHalf(node, 0) : Aligned(node, 0);
        Tensor weights = Constant(node, 1, "weight");
        Shape w = weights.Shape; // [C, O, kh, kw]
        if (w[2] != w[3])
        {
            throw new GraphException($"{node.Op.Kind}: the cuda backend has no kernel for {w[2]}x{w[3]} windows, only for square ones");
        }

        View to = Allocate(node);
        int chunks = Layout.Padded(w[0]) / Layout.Group, depth = chunks * Layout.Group, stride = op.Stride, kernel = w[2];
        int taps = Ceiling(kernel, stride), outputs = w[1], channels = w[0];
        LaunchStep step = Launch(node, "convtranspose2d", $"convtranspose2d_{Engine(tensorCores)}", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("IN_CHUNKS", chunks).Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3])
            .Define("STRIDE", stride).Define("PAD", op.Padding).Define("TAPS", taps);
        step.Detail = $"{x.Shape}->{to.Shape} k{kernel} s{stride}";
        int rows = to.Shape[0] * Ceiling(to.Shape[2], stride) * Ceiling(to.Shape[3], stride);
        EmitProduct(
            step, new Product(rows, outputs, taps * taps * chunks, stride * stride), x, to, weights, "convtranspose2d",
            (from, output, k, phase) =>
            {
                int c = k % depth, tap = k / depth;
                int ky = (phase / stride) + (tap / taps * stride), kx = (phase % stride) + (tap % taps * stride);
                return c < channels && ky < kernel && kx < kernel ? from[((((c * outputs) + output) * kernel) + ky) * kernel + kx] : 0;
            },
            op.Epilogue, op.OwnInputs);
    }
}
