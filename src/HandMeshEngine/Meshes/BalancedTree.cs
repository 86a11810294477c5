namespace HandMeshEngine.Meshes;

/// <summary>
/// The balanced binary tree over a chain of graph coarsenings (inceptiongraph.md 4.2 step 3, graphhand.md 4.2 E): at level k node
/// i has the children 2i and 2i + 1 of level k - 1, and fake nodes, numbered after the real ones, fill the gaps. Up-sampling by 2
/// is then a copy from parent to children.
/// </summary>
internal static class BalancedTree
{
    /// <summary>The graph node at every tree position, finest level first; a number at or above the level's node count is fake.</summary>
    /// <param name="clusters">Per coarsening, finest first: the coarse node of every node.</param>
    /// <param name="coarsestCount">Nodes of the coarsest graph.</param>
    public static int[][] Order(IReadOnlyList<int[]> clusters, int coarsestCount)
    {
        var order = new int[clusters.Count + 1][];
        order[^1] = [.. Enumerable.Range(0, coarsestCount)];
        for (int level = clusters.Count - 1; level >= 0; level--)
        {
            List<int>[] children = Children(clusters[level]);
            int fake = clusters[level].Length;
            var positions = new List<int>(2 * order[level + 1].Length);
            foreach (int parent in order[level + 1])
            {
                List<int> real = parent < children.Length ? children[parent] : [];
                positions.AddRange(real);
                for (int missing = real.Count; missing < 2; missing++)
                {
                    positions.Add(fake++);
                }
            }

            order[level] = [.. positions];
        }

        return order;
    }

    /// <summary>The position of every node: the inverse of one level of <see cref="Order"/>.</summary>
    public static int[] Positions(int[] order)
    {
        var positions = new int[order.Length];
        for (int position = 0; position < order.Length; position++)
        {
            positions[order[position]] = position;
        }

        return positions;
    }

    /// <summary>The weights moved from graph nodes to tree positions; fake positions have empty rows.</summary>
    public static SparseMatrix Arrange(SparseMatrix weights, int[] order)
    {
        int[] positions = Positions(order);
        var entries = new SparseMatrix.Builder(order.Length, order.Length, weights.Values.Length);
        for (int row = 0; row < weights.Rows; row++)
        {
            ReadOnlySpan<int> columns = weights.ColumnsOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                entries.Add(positions[row], positions[columns[k]], weights.ValuesOf(row)[k]);
            }
        }

        return entries.Build();
    }

    private static List<int>[] Children(int[] clusterOf)
    {
        var children = new List<int>[clusterOf.Max() + 1];
        for (int node = 0; node < clusterOf.Length; node++)
        {
            (children[clusterOf[node]] ??= []).Add(node);
        }

        return children;
    }
}
