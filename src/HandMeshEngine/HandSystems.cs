using HandMeshEngine.Systems;

namespace HandMeshEngine;

/// <summary>The systems this engine knows.</summary>
public static class HandSystems
{
    /// <summary>The system that runs unless another one is named: it ships with weights and needs nothing but an image.</summary>
    public static HandSystem Default => Registry.Default;

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<HandSystem> All => Registry.All;

    /// <summary>The system with this id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static HandSystem Find(string id)
    {
        foreach (HandSystem system in All)
        {
            if (system.Id == id)
            {
                return system;
            }
        }

        throw new ArgumentException($"'{id}' is no system; the systems are {string.Join(", ", All)}", nameof(id));
    }
}
