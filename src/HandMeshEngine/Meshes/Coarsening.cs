namespace HandMeshEngine.Meshes;

/// <summary>
/// A chain of coarsened graphs in the order of their balanced binary tree. <paramref name="Order"/> and
/// <paramref name="Adjacency"/> go from fine to coarse; level k + 1 has half the positions of level k.
/// </summary>
internal sealed record Coarsening(int[][] Order, SparseMatrix[] Adjacency)
{
    /// <summary>Matches a graph <paramref name="steps"/> times and arranges every level by the tree.</summary>
    /// <param name="weights">Symmetric weights of the finest graph.</param>
    /// <param name="steps">Number of coarsenings.</param>
    /// <param name="match">From weights to (cluster of every node, number of clusters).</param>
    /// <param name="keepSelfLoops">Whether a coarse node keeps the weight inside it as a self-loop.</param>
    public static Coarsening Build(SparseMatrix weights, int steps, Func<SparseMatrix, (int[] ClusterOf, int Count)> match, bool keepSelfLoops)
    {
        var graphs = new List<SparseMatrix> { weights };
        var clusters = new List<int[]>();
        for (int step = 0; step < steps; step++)
        {
            (int[] clusterOf, int count) = match(graphs[^1]);
            clusters.Add(clusterOf);
            graphs.Add(Merge(graphs[^1], clusterOf, count, keepSelfLoops));
        }

        int[][] order = BalancedTree.Order(clusters, graphs[^1].Rows);
        var adjacency = new SparseMatrix[graphs.Count];
        for (int level = 0; level < adjacency.Length; level++)
        {
            adjacency[level] = BalancedTree.Arrange(graphs[level], order[level]);
        }

        return new Coarsening(order, adjacency);
    }

    private static SparseMatrix Merge(SparseMatrix weights, int[] clusterOf, int count, bool keepSelfLoops)
    {
        var entries = new SparseMatrix.Builder(count, count, weights.Values.Length);
        for (int row = 0; row < weights.Rows; row++)
        {
            ReadOnlySpan<int> columns = weights.ColumnsOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                (int from, int to) = (clusterOf[row], clusterOf[columns[k]]);
                if (from != to || keepSelfLoops)
                {
                    entries.Add(from, to, weights.ValuesOf(row)[k]);
                }
            }
        }

        return entries.Build();
    }
}
