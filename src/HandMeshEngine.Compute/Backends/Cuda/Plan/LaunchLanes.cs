using System.Collections;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>
/// Which of two streams each launch goes to: what does not need the launch before it, and could not be merged with it, goes to the side
/// stream. Events order the two; the side stream starts behind the first event it waits for and is joined at the end.
/// </summary>
internal sealed class LaunchLanes
{
    /// <summary>Stands in <see cref="Waits"/> for the start of the run.</summary>
    public const int Start = -1;

    private readonly bool[] _isSide;
    private readonly bool[] _follows;
    private readonly int[][] _waits;
    private readonly BitArray[] _before;

    /// <summary>Deals out the launches, which are in an order in which they could run one by one.</summary>
    public LaunchLanes(IReadOnlyList<LaunchStep> steps)
    {
        int[][] predecessors = LaunchOrder.Predecessors(steps);
        (_isSide, _follows, _waits, _before) = (new bool[steps.Count], new bool[steps.Count], new int[steps.Count][], new BitArray[steps.Count]);
        int[] ends = [Start, Start];
        for (int i = 0; i < steps.Count; i++)
        {
            BitArray needed = new(steps.Count);
            foreach (int before in predecessors[i])
            {
                Add(needed, before);
            }

            _isSide[i] = ends[0] != Start && !needed[ends[0]];
            int own = ends[_isSide[i] ? 1 : 0], across = predecessors[i].Where(before => _isSide[before] != _isSide[i]).DefaultIfEmpty(Start).Max();
            bool isKnown = across == Start || (own != Start && _before[own][across]);
            _waits[i] = !isKnown ? [across] : _isSide[i] && own == Start ? [Start] : [];
            _follows[i] = own != Start && _waits[i].Length == 0;
            Add(needed, own);
            _before[i] = needed;
            ends[_isSide[i] ? 1 : 0] = i;
        }

        Last = ends[1] != Start && !_before[ends[0]][ends[1]] ? ends[1] : Start;
    }

    /// <summary>The launch of the side stream that the end of the run waits for; <see cref="Start"/> if there is none.</summary>
    public int Last { get; }

    /// <summary>Whether any launch goes to the side stream.</summary>
    public bool UsesSide => _isSide.Contains(true);

    /// <summary>Whether a launch goes to the side stream.</summary>
    public bool IsSide(int step) => _isSide[step];

    /// <summary>Whether a launch comes right behind another one of its stream, waiting for nothing else.</summary>
    public bool Follows(int step) => _follows[step];

    /// <summary>The launches of the other stream that one waits for, or <see cref="Start"/>.</summary>
    public IReadOnlyList<int> Waits(int step) => _waits[step];

    /// <summary>Whether one launch is done when another begins.</summary>
    public bool Precedes(int first, int second) => _before[second][first];

    private void Add(BitArray done, int step)
    {
        if (step != Start)
        {
            done.Or(_before[step]);
            done[step] = true;
        }
    }
}
