namespace HandMeshEngine.Meshes;

/// <summary>
/// One round of Graclus-type heavy-edge matching (docs/systems/inceptiongraph.md 4.2, step 2): nodes in ascending weighted degree (stable), each
/// unmatched node i takes the unmatched neighbour j with the largest w_ij (1/d_i + 1/d_j), ties to the lowest index.
/// </summary>
internal static class HeavyEdgeMatching
{
    // Scores are compared to this many decimals, so that equal rationals tie however they were summed.
    private const int ScoreDigits = 12;

    /// <summary>The cluster of every node, numbered in order of creation.</summary>
    public static (int[] ClusterOf, int Count) Match(SparseMatrix weights)
    {
        double[] degrees = weights.RowSums();
        var clusterOf = new int[weights.Rows];
        Array.Fill(clusterOf, -1);
        int count = 0;
        foreach (int node in Enumerable.Range(0, weights.Rows).OrderBy(node => degrees[node]))
        {
            if (clusterOf[node] >= 0)
            {
                continue;
            }

            int partner = -1;
            double best = 0;
            ReadOnlySpan<int> neighbours = weights.ColumnsOf(node);
            for (int k = 0; k < neighbours.Length; k++)
            {
                int other = neighbours[k];
                if (other == node || clusterOf[other] >= 0)
                {
                    continue;
                }

                double score = Decimals.Round(weights.ValuesOf(node)[k] * ((1 / degrees[node]) + (1 / degrees[other])), ScoreDigits);
                if (score > best)
                {
                    (best, partner) = (score, other);
                }
            }

            clusterOf[node] = count;
            if (partner >= 0)
            {
                clusterOf[partner] = count;
            }

            count++;
        }

        return (clusterOf, count);
    }
}
