using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Ops that only move values, of any element type.</summary>
internal static class Movement
{
    public static void Concat(ConcatOp op, Tensor[] inputs, Tensor output)
    {
        int outer = output.Shape.CountOf(0, op.Axis);
        int to = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (Tensor input in inputs)
            {
                int run = input.Shape.CountOf(op.Axis, input.Shape.Rank) * input.Type.Size();
                input.Bytes.Slice(i * run, run).CopyTo(output.Bytes[to..]);
                to += run;
            }
        }
    }

    public static void Slice(SliceOp op, Tensor input, Tensor output)
    {
        int inner = input.Shape.CountOf(op.Axis + 1, input.Shape.Rank) * input.Type.Size();
        int outer = input.Shape.CountOf(0, op.Axis);
        int run = op.Length * inner;
        for (int i = 0; i < outer; i++)
        {
            input.Bytes.Slice(((i * input.Shape[op.Axis]) + op.Start) * inner, run).CopyTo(output.Bytes[(i * run)..]);
        }
    }

    public static void Transpose(TransposeOp op, Tensor input, Tensor output)
    {
        int first = Math.Min(op.First, op.Second), second = Math.Max(op.First, op.Second);
        Shape x = input.Shape;
        int outer = x.CountOf(0, first), a = x[first], middle = x.CountOf(first + 1, second), b = x[second];
        int inner = x.CountOf(second + 1, x.Rank) * input.Type.Size();
        int to = 0;
        for (int i = 0; i < outer; i++)
        {
            for (int k = 0; k < b; k++)
            {
                for (int j = 0; j < middle; j++)
                {
                    for (int l = 0; l < a; l++, to += inner)
                    {
                        input.Bytes.Slice(((((((i * a) + l) * middle) + j) * b) + k) * inner, inner).CopyTo(output.Bytes[to..]);
                    }
                }
            }
        }
    }

    public static void PadChannels(Tensor input, Tensor output)
    {
        int from = input.Shape.CountOf(1, 4), to = output.Shape.CountOf(1, 4);
        for (int n = 0; n < input.Shape[0]; n++)
        {
            input.Span<float>().Slice(n * from, from).CopyTo(output.Span<float>()[(n * to)..]);
        }
    }

    public static void SpaceToDepth(Tensor input, Tensor output)
    {
        Shape x = input.Shape;
        Shape y = output.Shape;
        int index = 0;
        for (int n = 0; n < y[0]; n++)
        {
            for (int o = 0; o < y[1]; o++)
            {
                for (int row = 0; row < y[2]; row++)
                {
                    for (int column = 0; column < y[3]; column++, index++)
                    {
                        int source = ((((n * x[1]) + (o / 4)) * x[2]) + (2 * row) + (o / 2 % 2)) * x[3];
                        output.Span<float>()[index] = input.Span<float>()[source + (2 * column) + (o % 2)];
                    }
                }
            }
        }
    }
}
