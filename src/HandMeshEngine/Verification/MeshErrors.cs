namespace HandMeshEngine.Verification;

/// <summary>Notices which comparisons are about the whole mesh and keeps the errors of the last one.</summary>
internal sealed class MeshErrors
{
    private readonly int[]? _faces;
    private readonly int _vertices;

    public MeshErrors(ReferenceCase reference, TensorMap weights)
    {
        _faces = Faces(reference, weights);
        _vertices = _faces is null ? 0 : _faces.Max() + 1;
    }

    /// <summary>The mesh compared last.</summary>
    public MeshError? Last { get; private set; }

    /// <summary>Keeps a comparison if its tensor [..., V, 3] is the mesh.</summary>
    public void Add(string name, Tensor expected, Func<int, double> actual)
    {
        if (_faces is null || expected.Shape.Rank < 2 || expected.Shape[-1] != 3 || expected.Shape.Count != 3 * _vertices)
        {
            return;
        }

        var vertices = new Vector3[_vertices];
        float[] errors = new float[_vertices];
        for (int i = 0; i < _vertices; i++)
        {
            vertices[i] = new Vector3((float)expected[3 * i], (float)expected[(3 * i) + 1], (float)expected[(3 * i) + 2]);
            errors[i] = Vector3.Distance(vertices[i], new Vector3((float)actual(3 * i), (float)actual((3 * i) + 1), (float)actual((3 * i) + 2)));
        }

        Last = new MeshError(name, vertices, _faces, errors);
    }

    private static int[]? Faces(ReferenceCase reference, TensorMap weights)
    {
        if (reference.Kind.Faces is { } facesOf)
        {
            return facesOf(reference);
        }

        return weights.TryGet("faces", out Tensor? faces) || weights.TryGet("table.faces", out faces) || reference.Tensors.TryGet("faces", out faces)
            ? faces.ToInt32().Span<int>().ToArray()
            : null;
    }
}
