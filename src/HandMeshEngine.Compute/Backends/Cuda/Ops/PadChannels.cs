namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/move.cu, which writes zeros behind the channels.</summary>
internal sealed class PadChannels : CudaOp<PadChannelsOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, PadChannelsOp op)
    {
        View from = context.Views.Of(node, 0), to = context.Views.Allocate(node);
        Moves.Copy(context, node, from, to.Part(1, 0, from.Channels), to.Stored);
    }
}
