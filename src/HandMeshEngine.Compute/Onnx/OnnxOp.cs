namespace HandMeshEngine.Compute.Onnx;

/// <summary>One kind of op as ONNX nodes with the same meaning. Implementations keep no state.</summary>
internal abstract class OnnxOp
{
    /// <summary>Adds the nodes of an op whose operands are called <paramref name="x"/>, and returns the name of its result.</summary>
    public abstract string Write(OnnxLowering onnx, Node node, string[] x);
}

/// <inheritdoc/>
internal abstract class OnnxOp<TOp> : OnnxOp
    where TOp : Op
{
    /// <inheritdoc/>
    public sealed override string Write(OnnxLowering onnx, Node node, string[] x) => Write(onnx, node, (TOp)node.Op, x);

    /// <inheritdoc cref="OnnxOp.Write"/>
    protected abstract string Write(OnnxLowering onnx, Node node, TOp op, string[] x);
}
