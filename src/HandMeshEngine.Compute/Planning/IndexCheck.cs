namespace HandMeshEngine.Compute.Planning;

/// <summary>A check of indices that the caller writes before a run: kernels follow them without looking.</summary>
/// <param name="Input">The node of the input.</param>
/// <param name="Limit">More than the largest index allowed.</param>
/// <param name="What">Op and operand, for the message.</param>
internal readonly record struct IndexCheck(int Input, int Limit, string What)
{
    /// <summary>Checks the indices of a run.</summary>
    /// <exception cref="ArgumentException">An index is out of range.</exception>
    public void Check(ReadOnlySpan<int> indices)
    {
        int bad = indices.IndexOfAnyExceptInRange(0, Limit - 1);
        if (bad >= 0)
        {
            throw new ArgumentException($"{What} holds {indices[bad]}, outside 0..{Limit - 1}");
        }
    }
}
