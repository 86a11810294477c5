namespace HandMeshEngine.Compute.Graph;

/// <summary>What is known of a value before it is computed: element type and extents.</summary>
public sealed record TensorType(DType Type, Shape Shape)
{
    /// <summary>A float32 type with these extents.</summary>
    public static TensorType Float(params ReadOnlySpan<int> extents) => new(DType.Float32, new Shape(extents));

    /// <summary>For example <c>Float32[1, 3, 224, 224]</c>.</summary>
    public override string ToString() => $"{Type}{Shape}";
}
