namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>Work in tiles that may run in any order on any thread.</summary>
internal abstract class ParallelJob
{
    /// <summary>Computes one tile. <paramref name="worker"/> numbers the threads of a run from 0.</summary>
    public abstract void RunTile(int tile, int worker);
}
