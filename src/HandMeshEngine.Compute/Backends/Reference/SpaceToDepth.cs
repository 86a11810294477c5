namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class SpaceToDepth : ReferenceOp<SpaceToDepthOp>
{
    protected override void Evaluate(SpaceToDepthOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
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
                        output.Span<float>()[index] = inputs[0].Span<float>()[source + (2 * column) + (o % 2)];
                    }
                }
            }
        }
    }
}
