using System.Collections;

namespace PtxSimulator.Memory;

/// <summary>
/// While a graph is replayed: who wrote and who read each pair of bytes, so that no two nodes touch the same ones unless edges order
/// them. Of several readers side by side the first is remembered.
/// </summary>
internal sealed class AccessOrder
{
    private readonly BitArray[] _before;
    private readonly string[] _names;
    private readonly Dictionary<Allocation, (ushort[] Writers, ushort[] Readers)> _marks;

    public AccessOrder(IReadOnlyList<(string Name, int[] After)> nodes, IEnumerable<Allocation> allocations)
    {
        _names = [.. nodes.Select(node => node.Name)];
        _before = new BitArray[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            _before[i] = new BitArray(nodes.Count);
            foreach (int before in nodes[i].After)
            {
                _before[i].Or(_before[before]);
                _before[i][before] = true;
            }
        }
        _marks = allocations.ToDictionary(allocation => allocation, allocation =>
        {
            int count = (int)(allocation.Bytes / 2) + 1;
            return (new ushort[count], new ushort[count]);
        });
    }

    /// <summary>The node that runs.</summary>
    public int Node { get; set; }

    public void Note(Allocation allocation, ulong address, long bytes, bool store, int lane)
    {
        if (!_marks.TryGetValue(allocation, out var marks))
        {
            return;
        }
        int first = (int)((address - allocation.Address) / 2), last = (int)((address - allocation.Address + (ulong)bytes - 1) / 2);
        ushort own = (ushort)(Node + 1);
        for (int i = first; i <= last; i++)
        {
            Demand(marks.Writers[i], allocation, i, lane);
            if (store)
            {
                Demand(marks.Readers[i], allocation, i, lane);
                marks.Writers[i] = own;
                marks.Readers[i] = 0;
            }
            else if (marks.Readers[i] == 0 || IsDone(marks.Readers[i]))
            {
                marks.Readers[i] = own;
            }
        }
    }

    private bool IsDone(ushort mark) => mark == Node + 1 || _before[Node][mark - 1];

    private void Demand(ushort mark, Allocation allocation, int pair, int lane)
    {
        if (mark != 0 && !IsDone(mark))
        {
            throw new AccessException(
                CudaResult.LaunchFailed, lane, $"global memory race: {_names[Node]} and {_names[mark - 1]} touch byte {pair * 2} of an allocation of {allocation.Bytes}, and no edge of the graph orders them");
        }
    }
}
