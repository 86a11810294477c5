using HandMeshEngine.Cuda.Native;

namespace HandMeshEngine.Cuda;

/// <summary>A CUDA driver: libcuda of this machine, or a table that the host handed in. Thread-safe.</summary>
public sealed class CudaDriver
{
    private static CudaDriver? s_current;

    private CudaDriver(in DriverTable table, bool loadsPtx)
    {
        Table = table;
        LoadsPtx = loadsPtx;
    }

    /// <summary>Whether modules must be handed over as PTX text (a simulator), not as machine code.</summary>
    public bool LoadsPtx { get; }

    internal DriverTable Table { get; }

    /// <summary>
    /// Makes the engine use <paramref name="table"/> in place of libcuda from now on. Objects made before keep their driver.
    /// </summary>
    /// <param name="table">The entries; see <see cref="DriverTable"/> for those that may be null.</param>
    /// <param name="loadsPtx">True if its modules must be PTX text (a simulator).</param>
    public static CudaDriver Use(in DriverTable table, bool loadsPtx = false)
    {
        CudaDriver driver = new(table, loadsPtx);
        Volatile.Write(ref s_current, driver);
        return driver;
    }
}
