namespace HandMeshEngine.Systems;

/// <summary>The one list of systems: a new one is a folder beside this file and a line here.</summary>
internal static class Registry
{
    private static readonly HandSystem[] _builtIn =
    [
        Default,
        new HandDgp.HandDgpSystem(),
        new MobRecon.MobReconSystem(),
        new GraphHand.GraphHandSystem(),
        new HandAr.HandArSystem(),
        new InceptionGraph.InceptionGraphSystem(),
        new PixelAligned.PixelAlignedSystem(),
    ];

    /// <summary>The system that runs unless another one is named.</summary>
    public static HandSystem Default => MediaPipeHand.MediaPipeHandSystem.Instance;

    /// <summary>All systems, the default first.</summary>
    public static IReadOnlyList<HandSystem> All { get; private set; } = _builtIn;

    /// <summary>Adds a system until the returned token is disposed of: how a test brings its own.</summary>
    public static IDisposable Add(HandSystem system)
    {
        All = [.. All, system];
        return new Registration(system);
    }

    private sealed class Registration(HandSystem system) : IDisposable
    {
        public void Dispose() => All = [.. All.Where(other => other != system)];
    }
}
