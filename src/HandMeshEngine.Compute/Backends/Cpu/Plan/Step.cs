using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>One piece of a plan: some tiles of work on memory that is fixed when the plan is made.</summary>
internal abstract unsafe class Step : ParallelJob
{
    private Area[] _clears = [];

    /// <summary>Number of tiles; each is at least a few microseconds of work.</summary>
    public abstract int Tiles { get; }

    /// <summary>What runs, for plans and profiles: op, kernel, sizes.</summary>
    public abstract string Describe();

    /// <summary>Floats of scratch memory that one thread needs.</summary>
    public virtual int ScratchFloats => 0;

    /// <summary>Tiles, and the borders that this step clears first.</summary>
    public int AllTiles => Tiles + _clears.Length;

    /// <summary>Scratch memory by thread; set when the arena has been laid out.</summary>
    public Scratch Scratch { private get; set; }

    /// <summary>The borders that this step clears.</summary>
    public IReadOnlyList<Area> Clears => _clears;

    /// <summary>Lets this step fill the border of a map that it is the first to write with zeros.</summary>
    public void Clear(Area area) => _clears = [.. _clears, area];

    /// <inheritdoc/>
    public sealed override void RunTile(int tile, int worker)
    {
        if (tile < _clears.Length)
        {
            Borders.Clear(_clears[tile]);
        }
        else
        {
            Compute(tile - _clears.Length, Scratch.Of(worker));
        }
    }

    /// <summary>Computes one tile.</summary>
    protected abstract void Compute(int tile, float* scratch);
}
