namespace HandMeshEngine.Compute.Onnx;

internal sealed class RootSolve : OnnxOp<RootSolveOp>
{
    // The centred closed form of RootSolveOp without its guard: an exported network answers degenerate frames with NaN.
    protected override string Write(OnnxLowering onnx, Node node, RootSolveOp op, string[] x)
    {
        int joints = onnx.ShapeOf(node, 0)[1], batch = onnx.ShapeOf(node, 0)[0];
        string Column(string rows, int column) => onnx.Reshape(onnx.Slice(rows, 2, column, 1), [batch, joints]);
        string Mul(string a, string b) => onnx.Node("Mul", [a, b]);
        string Sub(string a, string b) => onnx.Node("Sub", [a, b]);
        string s = x[2], u = Column(x[1], 0), v = Column(x[1], 1), z = Column(x[0], 2);
        string rx = Sub(Column(x[0], 0), Mul(z, u)), ry = Sub(Column(x[0], 1), Mul(z, v));
        string total = onnx.Sum(s, 1, keep: true);
        string Mean(string a) => onnx.Node("Div", [onnx.Sum(Mul(s, a), 1, keep: true), total]);
        string du = Sub(u, Mean(u)), dv = Sub(v, Mean(v)), dx = Sub(rx, Mean(rx)), dy = Sub(ry, Mean(ry));
        string spread = onnx.Sum(Mul(s, onnx.Node("Add", [Mul(du, du), Mul(dv, dv)])), 1, keep: true);
        string moment = onnx.Sum(Mul(s, onnx.Node("Add", [Mul(du, dx), Mul(dv, dy)])), 1, keep: true);
        string tz = onnx.Node("Div", [moment, spread]);
        string tx = Sub(Mul(Mean(u), tz), Mean(rx)), ty = Sub(Mul(Mean(v), tz), Mean(ry));
        string ex = Sub(Mul(du, tz), dx), ey = Sub(Mul(dv, tz), dy);
        string residual = onnx.Node("Sqrt", [Mean(onnx.Node("Add", [Mul(ex, ex), Mul(ey, ey)]))]);
        string one = onnx.Node("Div", [total, total]);
        return onnx.Node("Concat", [tx, ty, tz, one, onnx.Node("Div", [total, spread]), residual], ("axis", 1));
    }
}
