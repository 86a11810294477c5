namespace HandMeshEngine.Cuda.Tests;

/// <summary>The device under test: the simulator, or with HANDMESH_TEST_DEVICE=cuda the first GPU of this machine.</summary>
internal sealed class TestDevice : IDisposable
{
    private TestDevice(CudaDevice device, Simulator? simulator)
    {
        Device = device;
        Simulator = simulator;
    }

    /// <summary>The device.</summary>
    public CudaDevice Device { get; }

    /// <summary>The simulator; null on a real device.</summary>
    public Simulator? Simulator { get; }

    /// <summary>Opens the device. A real one has the architecture it has.</summary>
    public static TestDevice Open(int sm)
    {
        string wanted = EnvironmentVariables.Read("HANDMESH_TEST_DEVICE") ?? "sim";
        return wanted switch
        {
            "sim" => OpenSimulator(sm),
            "cuda" => new TestDevice(CudaDriver.Get().GetDevice(0), null),
            _ => throw new InvalidOperationException($"HANDMESH_TEST_DEVICE is '{wanted}'; give sim or cuda"),
        };
    }

    /// <summary>Opens a simulator in any case, for tests of what only it can do.</summary>
    public static TestDevice OpenSimulator(int sm)
    {
        Simulator simulator = new(new SimulatorOptions { Sm = sm });
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        return new TestDevice(driver.GetDevice(0), simulator);
    }

    public void Dispose()
    {
        if (Simulator is not null)
        {
            Assert.True(Simulator.Ledger.IsEmpty, $"left on the device: {Simulator.Ledger}");
            Simulator.Dispose();
        }
    }
}
