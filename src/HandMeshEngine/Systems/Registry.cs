using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.MediaPipeHand;
using HandMeshEngine.Systems.MobRecon;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Systems;

/// <summary>The one list of systems: a new one is a folder beside this file and a line here.</summary>
internal static class Registry
{
    private static readonly HandSystem[] _builtIn =
    [
        MediaPipeHandSystem.Instance,
        new HandDgpSystem(),
        new MobReconSystem(),
        new GraphHandSystem(),
        new HandArSystem(),
        new InceptionGraphSystem(),
        new PixelAlignedSystem(),
    ];

    /// <summary>The system that runs unless another one is named.</summary>
    public static HandSystem Default => MediaPipeHandSystem.Instance;

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
