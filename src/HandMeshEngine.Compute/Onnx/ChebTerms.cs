namespace HandMeshEngine.Compute.Onnx;

internal sealed class ChebTerms : OnnxOp<ChebTermsOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ChebTermsOp op, string[] x)
    {
        Shape entries = onnx.ShapeOf(node, 1);
        int channels = onnx.ShapeOf(node, 0)[2];
        var terms = new List<string> { x[0], onnx.Weighted(x[0], x[1], x[2], entries, channels) };
        string two = onnx.Floats(Shape.Scalar, 2);
        while (terms.Count < op.Terms)
        {
            string doubled = onnx.Node("Mul", [onnx.Weighted(terms[^1], x[1], x[2], entries, channels), two]);
            terms.Add(onnx.Node("Sub", [doubled, terms[^2]]));
        }

        return onnx.Node("Concat", terms, ("axis", 2));
    }
}
