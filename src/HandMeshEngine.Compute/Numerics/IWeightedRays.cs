namespace HandMeshEngine.Compute.Numerics;

/// <summary>Points relative to a root, each with the ray through the camera on which it should lie.</summary>
public interface IWeightedRays
{
    /// <summary>How many points.</summary>
    int Count { get; }

    /// <summary>Point i in metres, its ray (U, V, 1), and how much it counts, at least 0.</summary>
    (double X, double Y, double Z, double U, double V, double Weight) this[int i] { get; }
}
