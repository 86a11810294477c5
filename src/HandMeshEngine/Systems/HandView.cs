namespace HandMeshEngine.Systems;

/// <summary>
/// One hand as a model is to look at it. All pixels belong to the image that shows the hand for which the model was trained:
/// for the other hand the caller mirrors camera and box (u -> width - 1 - u) and takes the results back the same way.
/// </summary>
/// <param name="Camera">The full image's camera.</param>
/// <param name="Box">The hand, or the square that the network is to see, see <paramref name="BoxIsCrop"/>.</param>
/// <param name="BoxIsCrop">The box is the final crop: the factor by which a system enlarges a hand's box is 1.</param>
/// <param name="RootDepth">Depth of the wrist in metres, if known.</param>
/// <param name="BoneLength">Length of the middle finger's first bone (joint 9 to 10) in metres, if known.</param>
internal readonly record struct HandView(
    Intrinsics Camera, HandBox Box, bool BoxIsCrop = false, double? RootDepth = null, double? BoneLength = null)
{
    /// <summary>The factor by which the box grows to the crop.</summary>
    /// <param name="usual">The system's own factor, for boxes around hands.</param>
    public double Enlargement(double usual) => BoxIsCrop ? 1 : usual;

    /// <summary>What the result is to say about the root of a system that does not estimate it.</summary>
    public PlacementFlags RootFlags => RootDepth is null && BoneLength is null ? PlacementFlags.GuessedRoot : PlacementFlags.None;
}
