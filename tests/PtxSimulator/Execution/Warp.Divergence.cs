namespace PtxSimulator.Execution;

internal sealed unsafe partial class Warp
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Park(uint lanes, int pc)
    {
        _parked |= lanes;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            _lanePc[BitOperations.TrailingZeroCount(rest)] = pc;
        }
    }

    /// <summary>Lets the running lanes wait at the current instruction and turns to the others.</summary>
    private void BlockActive()
    {
        _blocked |= _active;
        for (uint rest = _active; rest != 0; rest &= rest - 1)
        {
            _lanePc[BitOperations.TrailingZeroCount(rest)] = _pc;
        }
        _active = 0;
        Regroup();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private uint BlockedAt(int pc)
    {
        uint lanes = 0;
        for (uint rest = _blocked; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            lanes |= _lanePc[lane] == pc ? 1u << lane : 0;
        }
        return lanes;
    }

    /// <summary>Chooses the parked lanes with the lowest program counter to run, and where they meet the next group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Regroup()
    {
        if (_parked == 0)
        {
            throw Stuck();
        }
        int lowest = int.MaxValue;
        for (uint rest = _parked; rest != 0; rest &= rest - 1)
        {
            lowest = Math.Min(lowest, _lanePc[BitOperations.TrailingZeroCount(rest)]);
        }
        _active = 0;
        _nextPc = int.MaxValue;
        for (uint rest = _parked; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (_lanePc[lane] == lowest)
            {
                _active |= 1u << lane;
            }
            else
            {
                _nextPc = Math.Min(_nextPc, _lanePc[lane]);
            }
        }
        _parked &= ~_active;
        _pc = lowest;
    }

    /// <summary>Every lane left waits at a collective or a barrier for lanes that run elsewhere or have exited, on a GPU perhaps for ever.</summary>
    private AccessException Stuck()
    {
        int first = Lowest(_blocked), at = _lanePc[first];
        var stuck = Kernel.Code[at];
        string what = stuck.Flow == Flow.Barrier ? "barrier reached by part of the warp" : "warp collective reached by part of the lanes it names";
        return new AccessException(
            CudaResult.LaunchFailed,
            first,
            $"{what}: lanes 0x{BlockedAt(at):x8} wait at {Kernel.Locate(stuck.Statement)}; 0x{_blocked & ~BlockedAt(at):x8} wait elsewhere, 0x{Started & ~Live:x8} have exited");
    }
}
