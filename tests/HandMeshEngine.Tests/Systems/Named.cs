using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Systems;

/// <summary>Systems and manifests by id, as theories name them.</summary>
internal static class Named
{
    /// <summary>A system that is one network.</summary>
    public static NetworkSystem Network(string id) => (NetworkSystem)HandSystems.Find(id);

    /// <summary>The manifest of a variant; of the default one for null.</summary>
    public static WeightManifest Manifest(string id, string? variant)
    {
        HandSystem system = HandSystems.Find(id);
        return system.Manifest(variant ?? system.Variants[0]);
    }
}
