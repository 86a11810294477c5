using System.Collections;
using HandMeshEngine.Estimation;

namespace HandMeshEngine;

/// <summary>
/// The hands found in one image. Made once by <see cref="HandEstimator.CreateResult"/> and refilled by every prediction
/// without allocating; copy what must last (<see cref="HandMesh.Clone"/>).
/// </summary>
public sealed class HandResult : IReadOnlyList<HandMesh>
{
    private readonly HandMesh[] _hands;

    internal HandResult(HandMesh[] hands) => _hands = hands;

    /// <summary>The hands, best detection first; empty if there was none.</summary>
    public ReadOnlySpan<HandMesh> Hands => _hands.AsSpan(0, Count);

    /// <summary>Number of hands.</summary>
    public int Count { get; private set; }

    /// <summary>Where the time went, in order of execution.</summary>
    public ReadOnlySpan<StageTime> Stages => Run.Stages;

    /// <summary>
    /// True if no palm led to a hand and the whole image was read in four turns instead (docs/systems/mediapipe-hand.md 4.5).
    /// </summary>
    public bool UsedFallback => Run.UsedFallback;

    /// <summary>The rung of the search that led to the hands, or the last one tried (docs/systems/mediapipe-hand.md 4.6).</summary>
    public SearchRung Search => Run.Search;

    /// <summary>One hand.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public HandMesh this[int index] => (uint)index < (uint)Count
        ? _hands[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"this image has {Count} hands");

    /// <summary>The hands in order, without allocating.</summary>
    public ReadOnlySpan<HandMesh>.Enumerator GetEnumerator() => Hands.GetEnumerator();

    IEnumerator<HandMesh> IEnumerable<HandMesh>.GetEnumerator() => _hands.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<HandMesh>)this).GetEnumerator();

    /// <summary>What the prediction did.</summary>
    internal RunRecord Run { get; } = new();

    /// <summary>The estimator whose hands fit: their number and their vertices.</summary>
    internal HandEstimator? Owner { get; set; }

    /// <summary>
    /// Hands that were found but left out, because the networks gave numbers that are not finite: an overflow of float16
    /// (take <see cref="Precision.Float32"/>), or weights whose training diverged.
    /// </summary>
    public int NotFinite { get; private set; }

    /// <summary>Moves hands with a vertex, joint or key point that is not finite behind the others, out of the result.</summary>
    internal void LeaveOutNotFinite()
    {
        for (int i = 0; i < Count;)
        {
            if (_hands[i].IsFinite)
            {
                i++;
                continue;
            }

            (_hands[i], HandMesh bad) = (null!, _hands[i]);
            _hands.AsSpan(i + 1, Count - i - 1).CopyTo(_hands.AsSpan(i));
            _hands[--Count] = bad;
            NotFinite++;
        }
    }

    internal void Clear()
    {
        Count = 0;
        NotFinite = 0;
        Run.Clear();
    }

    /// <summary>Orders hands of a video by <see cref="HandMesh.Id"/>.</summary>
    internal void OrderById()
    {
        for (int i = 1; i < Count; i++)
        {
            for (int k = i; k > 0 && _hands[k].Id < _hands[k - 1].Id; k--)
            {
                (_hands[k], _hands[k - 1]) = (_hands[k - 1], _hands[k]);
            }
        }
    }

    /// <summary>The next hand to fill.</summary>
    internal HandMesh Next() => _hands[Count++];
}
