using HandMeshEngine.Compute.Backends.Cpu.Threads;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>One piece of a plan: some tiles of work on memory that is fixed when the plan is made.</summary>
internal abstract unsafe class Step : ParallelJob
{
    private View[] _clears = [];
    private float* _scratch;
    private long _scratchStride;

    /// <summary>Number of tiles; each is at least a few microseconds of work.</summary>
    public abstract int Tiles { get; }

    /// <summary>What runs, for plans and profiles: op, kernel, sizes.</summary>
    public abstract string Describe();

    /// <summary>Floats of scratch memory that one thread needs.</summary>
    public virtual int ScratchFloats => 0;

    /// <summary>Tiles, and the borders that this step clears first.</summary>
    public int AllTiles => Tiles + _clears.Length;

    /// <summary>The borders that this step clears.</summary>
    public IReadOnlyList<View> Clears => _clears;

    /// <summary>Gives each thread its scratch memory, <paramref name="stride"/> floats apart.</summary>
    public void SetScratch(float* memory, long stride)
    {
        _scratch = memory;
        _scratchStride = stride;
    }

    /// <summary>Lets this step fill the border of a map that it is the first to write with zeros.</summary>
    public void Clear(View map) => _clears = [.. _clears, map];

    /// <inheritdoc/>
    public sealed override void RunTile(int tile, int worker)
    {
        if (tile < _clears.Length)
        {
            Borders.Clear(_clears[tile]);
        }
        else
        {
            Compute(tile - _clears.Length, _scratch + (worker * _scratchStride));
        }
    }

    /// <summary>Computes one tile.</summary>
    protected abstract void Compute(int tile, float* scratch);
}
