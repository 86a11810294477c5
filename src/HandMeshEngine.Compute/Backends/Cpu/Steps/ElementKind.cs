namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The arithmetic of an <see cref="ElementStep{TSimd, TVector}"/>.</summary>
internal enum ElementKind
{
    /// <summary>a.</summary>
    Copy,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>b a + c.</summary>
    Affine,
}
