using HandMeshEngine.Systems;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine;

/// <summary>The systems this engine knows.</summary>
public static class HandSystems
{
    /// <summary>The system that ships with weights.</summary>
    public const string DefaultId = "mediapipe-hand";

    /// <summary>The default system, which needs nothing but an image.</summary>
    public static HandSystem Default { get; } = new(
        DefaultId,
        "MediaPipe Hands networks, camera-space lift and rigged mesh",
        "Zhang et al., MediaPipe Hands: On-device Real-time Hand Tracking, 2020",
        "583 real images of Ge et al.: joints 8.6 mm after Procrustes; camera space 30.3 mm mean, 18.6 mm median",
        "shipped with the engine: networks Apache-2.0 (Google), rig MIT (Amazon)",
        HandLandmarks.InputSize,
        Handedness.Right,
        SystemNeeds.None);

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<HandSystem> All { get; } = [Default, .. HandModels.All];

    /// <summary>The system with this id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static HandSystem Find(string id) => All.FirstOrDefault(system => system.Id == id)
        ?? throw new ArgumentException($"'{id}' is no system; the systems are {string.Join(", ", All.Select(system => system.Id))}", nameof(id));
}
