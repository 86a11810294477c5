namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>Finds the name that was probably meant, by edit distance.</summary>
internal sealed class NearestName(IReadOnlyList<string> candidates)
{
    // A wholly foreign file has thousands of names on both sides: the work is bounded, later names get no suggestion.
    private const long MostSteps = 50_000_000;

    private long _steps;

    /// <summary>The nearest candidate, or null if none is near (a third of the longer name may differ).</summary>
    public string? Of(string name)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int limit = Math.Min(bestDistance - 1, Math.Max(2, Math.Max(name.Length, candidate.Length) / 3));
            if (Math.Abs(candidate.Length - name.Length) > limit || _steps > MostSteps)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance <= limit)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    // Levenshtein, one row at a time.
    private int Distance(string a, string b)
    {
        _steps += (long)a.Length * b.Length;
        int[] row = new int[b.Length + 1];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
