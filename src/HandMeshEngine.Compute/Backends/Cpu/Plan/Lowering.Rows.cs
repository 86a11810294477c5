using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <content>Ops on rows: vertices, tokens, vectors.</content>
internal sealed unsafe partial class Lowering<TSimd, TVector>
{
    private void LayerNorm(Node node, LayerNormOp op)
    {
        float* gain = PerChannel(node, 1, "gain");
        float* bias = PerChannel(node, 2, "bias");
        Rows(node, new LayerNormRows<TSimd, TVector>(op.Epsilon, gain, bias));
    }

    private void SoftArgmax(Node node)
    {
        // [N, V, B] -> [N, V]: one number for each row of the input, which must then lie in the order of the output's elements.
        Area output = Allocate(node);
        Area input = Operand(node, 0);
        int perImage = output.Channels;
        Area ones = input.Images * input.Width == output.Count && input.Images > 1
            ? output with { Images = input.Images, Width = perImage, Channels = 1, ImageStride = output.PixelStride, PixelStride = 1 }
            : output with { Width = output.Count, Channels = 1, PixelStride = 1 };
        Rows(node, new SoftArgmaxRows<TSimd, TVector>(), input, output, ones);
    }

    private void BinCenters(Node node, BinCentersOp op)
    {
        Area range = Operand(node, 1);
        Rows(node, new BinCentersRows(op.Epsilon, range));
        _plan.Touch(range.Block, _plan.Steps.Count - 1);
    }

    private void RootSolve(Node node)
    {
        Area points = AsDense(node, 0), rays = AsDense(node, 1), weights = AsDense(node, 2), output = Allocate(node);
        Emit(node, new RootSolveStep(points, rays, weights, output), output, points, rays, weights);
        _places[node.Id] = new Place(output);
    }

    private void Rows(Node node, RowKernel kernel)
    {
        Area output = Allocate(node);
        Rows(node, kernel, Operand(node, 0), output, output);
    }

    private void Rows(Node node, RowKernel kernel, Area input, Area output, Area outputRows)
    {
        Emit(node, new RowStep(node.Op.Kind, kernel, input, outputRows, _threads), output, input);
        _places[node.Id] = new Place(output);
    }

    private void Gather(Node node)
    {
        Area x = Operand(node, 0), output = Allocate(node);
        Block indices = Indices(node, 1, x.Width, "index");
        Emit(node, new GatherStep<TSimd, TVector>(x, indices, output, _threads), output, x);
        _plan.Touch(indices, _plan.Steps.Count - 1);
        _places[node.Id] = new Place(output);
    }

    private void SpiralDepthwise(Node node)
    {
        Area x = Operand(node, 0), output = Allocate(node);
        Block indices = Indices(node, 1, x.Width, "index");
        Shape weight = OperandShape(node, 2);
        ReadOnlySpan<float> values = Constant(node, 2, "weight").Span<float>();
        float* byTap = _plan.Constants.Floats(weight.Count);
        for (int i = 0; i < weight.Count; i++)
        {
            byTap[(i % weight[1] * weight[0]) + (i / weight[1])] = values[i];
        }

        var step = new WeightedRowsStep<TSimd, TVector>(
            "spiraldepthwise", x, new WeightedRows(indices, weight[1], new Block(byTap, weight.Count), PerChannel: true), output, _threads);
        Emit(node, step, output, x);
        _plan.Touch(indices, _plan.Steps.Count - 1);
        _places[node.Id] = new Place(output);
    }

    private void SparseMatMul(Node node)
    {
        Area x = Operand(node, 0), output = Allocate(node);
        WeightedRows rows = Ell(node, x);
        Emit(node, new WeightedRowsStep<TSimd, TVector>("sparsematmul", x, rows, output, _threads), output, x);
        Touch(rows);
        _places[node.Id] = new Place(output);
    }

    private void ChebTerms(Node node, ChebTermsOp op)
    {
        Area x = Operand(node, 0), output = Allocate(node);
        WeightedRows rows = Ell(node, x);
        Area Term(int k) => output with { Offset = output.Offset + ((long)k * x.Channels), Channels = x.Channels };
        Copy(node, x, Term(0), OperandShape(node, 0));
        Emit(node, new WeightedRowsStep<TSimd, TVector>("chebterms 1", x, rows, Term(1), _threads), output, x);
        Touch(rows);
        for (int k = 2; k < op.Terms; k++)
        {
            Emit(node, new WeightedRowsStep<TSimd, TVector>($"chebterms {k}", Term(k - 1), rows, Term(k), _threads, Term(k - 2)), output);
            Touch(rows);
        }

        _places[node.Id] = new Place(output);
    }

    private void GinAggregate(Node node, GinAggregateOp op)
    {
        Area x = Operand(node, 0), output = Allocate(node);
        Block columns = Indices(node, 2, x.Width, "columns");
        Block rows = Indices(node, 1, OperandShape(node, 2)[0] + 1, "rows");
        Emit(node, new NeighbourSumStep<TSimd, TVector>(1 + op.Epsilon, x, rows, columns, output, _threads), output, x);
        _plan.Touch(columns, _plan.Steps.Count - 1);
        _plan.Touch(rows, _plan.Steps.Count - 1);
        _places[node.Id] = new Place(output);
    }

    private WeightedRows Ell(Node node, Area x)
    {
        Block indices = Indices(node, 1, x.Width, "index");
        Area values = AsDense(node, 2);
        if (values.Offset != 0)
        {
            throw new GraphException($"{node.Op.Kind}: the values must be a constant or a whole value");
        }

        return new WeightedRows(indices, OperandShape(node, 1)[1], values.Block, PerChannel: false);
    }

    private void Touch(WeightedRows rows)
    {
        _plan.Touch(rows.Indices, _plan.Steps.Count - 1);
        _plan.Touch(rows.Weights, _plan.Steps.Count - 1);
    }
}
