namespace HandMeshEngine.Verification;

/// <summary>Where on the hand the engine and a case disagree, vertex by vertex. Drawn by <see cref="Export.ErrorHeatMap"/>.</summary>
/// <param name="Tensor">The stored tensor that was compared last.</param>
/// <param name="Vertices">The stored vertices, in the tensor's own unit and axes.</param>
/// <param name="Faces">Three vertex indices each.</param>
/// <param name="Errors">Distance of every computed vertex from the stored one, in the same unit.</param>
public sealed record MeshError(
    string Tensor, IReadOnlyList<Vector3> Vertices, IReadOnlyList<int> Faces, IReadOnlyList<float> Errors);
