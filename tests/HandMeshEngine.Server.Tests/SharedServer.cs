namespace HandMeshEngine.Server.Tests;

/// <summary>One server for all tests that only ask it, and the library that its answers must be those of.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public HandEstimator Library { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Library = HandEstimator.Open(TestServer.Lite);
        Server = await TestServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Library.Dispose();
    }
}
