namespace HandMeshEngine;

/// <summary>How well a hand's place in camera space is known.</summary>
/// <param name="Condition">About the condition number of the root solve; a few hundred is usual, tens of thousands mean
/// a small or distant hand whose depth is weakly determined. 0 where a system does not solve for the root.</param>
/// <param name="ResidualPixels">Root mean square distance, in image pixels, between the solved shape and the keypoints; 0 without a place.</param>
/// <param name="Flags">What to know before trusting it.</param>
public readonly record struct Placement(float Condition, float ResidualPixels, PlacementFlags Flags)
{
    /// <summary>No part of a hand comes closer to a camera than this, metres.</summary>
    internal const double NearestDepth = 0.05;

    /// <summary>Coordinates are in camera space; otherwise they are relative to the hand.</summary>
    public bool IsPlaced => (Flags & (PlacementFlags.Degenerate | PlacementFlags.BehindCamera)) == 0;
}
