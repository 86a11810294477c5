namespace HandMeshEngine.Evaluation.Predictions;

/// <summary>What a system answered for one image of a set: camera space, metres, joints in this library's order.</summary>
/// <param name="Id">The image's id in its set.</param>
/// <param name="Joints">[21]; empty if no hand was found or the picture could not be read.</param>
/// <param name="Vertices">[V]; empty if there is no hand or no mesh.</param>
/// <param name="Problem">Why there is no hand; empty if there is one.</param>
public sealed record HandPrediction(string Id, Vector3d[] Joints, Vector3d[] Vertices, string Problem = "")
{
    /// <summary>True if there is a hand.</summary>
    public bool IsFound => Joints.Length > 0;
}
