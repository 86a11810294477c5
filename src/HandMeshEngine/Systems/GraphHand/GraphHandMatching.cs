namespace HandMeshEngine.Systems.GraphHand;

/// <summary>
/// The heavy-edge matching of graphhand's authors with its quirks (graphhand.md 4.2 B and C). Its outcome decides the node order,
/// and a trained checkpoint fits only that order.
/// </summary>
internal static class GraphHandMatching
{
    /// <summary>
    /// Edge weights of a triangle list: for each face (p, q, r) the directed pairs (p, q), (q, r), (p, r) are counted, a count above
    /// one loses one, and the larger direction counts for both. Every weight of a manifold mesh is 1.
    /// </summary>
    public static SparseMatrix Weights(ReadOnlySpan<int> faces, int vertexCount)
    {
        var pairs = new SparseMatrix.Builder(vertexCount, vertexCount, faces.Length);
        for (int f = 0; f < faces.Length; f += 3)
        {
            pairs.Add(faces[f], faces[f + 1], 1);
            pairs.Add(faces[f + 1], faces[f + 2], 1);
            pairs.Add(faces[f], faces[f + 2], 1);
        }

        SparseMatrix counts = pairs.Build();
        var weights = new SparseMatrix.Builder(vertexCount, vertexCount, 2 * faces.Length);
        for (int row = 0; row < vertexCount; row++)
        {
            foreach (int column in counts.ColumnsOf(row))
            {
                double reverse = LessOneIfShared(counts.At(column, row));
                double weight = Math.Max(LessOneIfShared(counts.At(row, column)), reverse);
                weights.Add(row, column, weight);
                if (reverse == 0)
                {
                    weights.Add(column, row, weight);
                }
            }
        }

        return weights.Build();
    }

    /// <summary>One coarsening: the cluster of every node, numbered in order of creation.</summary>
    /// <exception cref="ArgumentException">A node has no edge.</exception>
    public static (int[] ClusterOf, int Count) Match(SparseMatrix weights)
    {
        int n = weights.Rows;
        double[] degrees = weights.RowSums();
        double[] first = FirstEntries(weights);
        var clusterOf = new int[n];
        Array.Fill(clusterOf, -1);
        int count = 0;
        foreach (int node in NumpyArgsort.Sort(degrees))
        {
            if (clusterOf[node] >= 0)
            {
                continue;
            }

            // Quirk of the original: row 0 also sees the first entry of row 1, and the last row misses its last entry.
            int start = weights.RowStart[node];
            int end = weights.RowStart[node + 1] + (node == 0 ? 1 : 0) - (node == n - 1 ? 1 : 0);
            clusterOf[node] = count;
            int partner = -1;
            double best = 0;
            for (int k = start; k < end; k++)
            {
                int other = weights.ColumnIndices[k];
                if (clusterOf[other] >= 0)
                {
                    continue;
                }

                double score = ((2 * weights.Values[k]) + first[node] + first[other]) / (degrees[node] + degrees[other] + 1e-9);
                if (score > best)
                {
                    (best, partner) = (score, other);
                }
            }

            if (partner >= 0)
            {
                clusterOf[partner] = count;
            }

            count++;
        }

        return (clusterOf, count);
    }

    private static double LessOneIfShared(double count) => count > 1 ? count - 1 : count;

    // The original means the diagonal here but takes the first stored entry of the row.
    private static double[] FirstEntries(SparseMatrix weights)
    {
        var first = new double[weights.Rows];
        for (int row = 0; row < first.Length; row++)
        {
            ReadOnlySpan<double> values = weights.ValuesOf(row);
            first[row] = values.Length > 0 ? values[0] : throw new ArgumentException($"vertex {row} of the template is in no triangle");
        }

        return first;
    }
}
