namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Checks the constant index tables of an op: they come from files, and the fast backends follow them without looking.
/// </summary>
internal static class IndexTables
{
    /// <summary>Throws if an index names no row of the op's first operand, or if an operand holds integers that the op does not list.</summary>
    /// <exception cref="GraphException">The first bad entry, by table name and position.</exception>
    public static void Check(Op op, ReadOnlySpan<Node> inputs)
    {
        foreach ((int operand, int? entries) in op.IndexTables)
        {
            if (entries is { } list)
            {
                int count = inputs[list].Type.Shape.Count;
                CheckRange(op, inputs[operand], count);
                CheckStarts(op, inputs[operand], count);
            }
            else
            {
                CheckRange(op, inputs[operand], inputs[0].Type.Shape[1] - 1);
            }
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Type.Type == DType.Int32 && !op.Traits.MovesOnly && !op.IndexTables.Any(table => table.Operand == i))
            {
                throw new GraphException($"{op.Kind}: operand {i} holds integers, and the op lists no index table there");
            }
        }
    }

    private static void CheckRange(Op op, Node table, int largest)
    {
        if (table.Op is not ConstantOp { Tensor.Type: DType.Int32 } constant)
        {
            return;
        }

        ReadOnlySpan<int> values = constant.Tensor.Span<int>();
        int bad = values.IndexOfAnyExceptInRange(0, largest);
        if (bad >= 0)
        {
            throw new GraphException($"{op.Kind}: entry {bad} of the table '{constant.Name}' is {values[bad]}, but it may be 0 to {largest}");
        }
    }

    // CSR row starts rise from 0 to the number of entries.
    private static void CheckStarts(Op op, Node table, int entries)
    {
        if (table.Op is not ConstantOp { Tensor.Type: DType.Int32 } constant)
        {
            return;
        }

        ReadOnlySpan<int> starts = constant.Tensor.Span<int>();
        bool rises = starts[0] == 0 && starts[^1] == entries;
        for (int i = 1; i < starts.Length; i++)
        {
            rises &= starts[i] >= starts[i - 1];
        }

        if (!rises)
        {
            throw new GraphException($"{op.Kind}: the row starts '{constant.Name}' do not rise from 0 to {entries}");
        }
    }
}
