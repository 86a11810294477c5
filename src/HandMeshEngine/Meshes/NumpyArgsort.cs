namespace HandMeshEngine.Meshes;

/// <summary>
/// The argsort of numpy before 1.25: a median-of-three quicksort that is not stable. graphhand checkpoints were trained on the tie
/// order of exactly this sort (graphhand.md 4.2 D).
/// </summary>
internal static class NumpyArgsort
{
    private const int InsertionSortSpan = 15;

    /// <summary>The indices that sort <paramref name="keys"/>, ties in numpy's order.</summary>
    /// <exception cref="ArgumentException">The keys would drive numpy into its heapsort, whose tie order is another one.</exception>
    public static int[] Sort(ReadOnlySpan<double> keys)
    {
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        var pending = new Stack<(int Low, int High, int Depth)>();
        if (keys.Length > 1)
        {
            pending.Push((0, keys.Length - 1, 2 * int.Log2(keys.Length)));
        }

        while (pending.TryPop(out (int Low, int High, int Depth) range))
        {
            if (range.Depth < 0)
            {
                throw new ArgumentException("the node degrees are in an order that the original sort does not handle by quicksort; the node order of this template is unknown");
            }

            if (range.High - range.Low <= InsertionSortSpan)
            {
                InsertionSort(keys, order.AsSpan(range.Low, range.High - range.Low + 1));
                continue;
            }

            int middle = Partition(keys, order, range.Low, range.High);
            pending.Push((range.Low, middle - 1, range.Depth - 1));
            pending.Push((middle + 1, range.High, range.Depth - 1));
        }

        return order;
    }

    private static int Partition(ReadOnlySpan<double> keys, int[] order, int low, int high)
    {
        int middle = low + ((high - low) / 2);
        SwapIfLess(keys, order, middle, low);
        SwapIfLess(keys, order, high, middle);
        SwapIfLess(keys, order, middle, low);
        double pivot = keys[order[middle]];
        int i = low;
        int j = high - 1;
        Swap(order, middle, j);
        while (true)
        {
            do
            {
                i++;
            }
            while (keys[order[i]] < pivot);
            do
            {
                j--;
            }
            while (pivot < keys[order[j]]);
            if (i >= j)
            {
                break;
            }

            Swap(order, i, j);
        }

        Swap(order, i, high - 1);
        return i;
    }

    private static void InsertionSort(ReadOnlySpan<double> keys, Span<int> order)
    {
        for (int i = 1; i < order.Length; i++)
        {
            int index = order[i];
            int at = i;
            for (; at > 0 && keys[index] < keys[order[at - 1]]; at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = index;
        }
    }

    private static void SwapIfLess(ReadOnlySpan<double> keys, int[] order, int a, int b)
    {
        if (keys[order[a]] < keys[order[b]])
        {
            Swap(order, a, b);
        }
    }

    private static void Swap(int[] order, int a, int b) => (order[a], order[b]) = (order[b], order[a]);
}
