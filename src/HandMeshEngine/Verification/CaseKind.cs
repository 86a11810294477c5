namespace HandMeshEngine.Verification;

/// <summary>
/// A kind of stored case: what it checks, and how it is told from the others by what it holds, so that any file name will do.
/// </summary>
/// <param name="Sign">A tensor that every case of this kind holds.</param>
/// <param name="Run">Runs its checks.</param>
internal sealed record CaseKind(string Sign, Action<Checks> Run)
{
    /// <summary>A tensor that cases of this kind do not hold, where the sign alone is not enough.</summary>
    public string? NotWith { get; init; }

    /// <summary>The tables that the case's stand-in weights are drawn around; null for cases that need no network.</summary>
    public Func<ReferenceCase, TensorMap>? Tables { get; init; }

    /// <summary>Corners of the faces of the mesh that the case is about, where neither case nor weights store <c>faces</c>.</summary>
    public Func<ReferenceCase, int[]>? Faces { get; init; }

    /// <summary>Words before the name that companion files share: a case called PREFIX-NAME belongs to NAME.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>Whether a case is of this kind.</summary>
    public bool Fits(TensorMap tensors) => tensors.Contains(Sign) && (NotWith is null || !tensors.Contains(NotWith));
}
