using HandMeshEngine.Compute.Backends.Cpu.Ops;
using HandMeshEngine.Compute.Backends.Cuda.Ops;
using HandMeshEngine.Compute.Backends.Reference;
using HandMeshEngine.Compute.Onnx;

namespace HandMeshEngine.Compute;

/// <summary>A line of the <see cref="OpCatalog"/>.</summary>
internal sealed class OpEntry(
    Type type,
    OpEntry.Implementation<ReferenceOp> reference,
    OpEntry.Implementation<CpuOp> cpu,
    OpEntry.Implementation<CudaOp> cuda,
    OpEntry.Implementation<OnnxOp> onnx,
    string? kernel)
{
    /// <summary>The op's record, for example <see cref="SoftmaxOp"/>.</summary>
    public Type Type { get; } = type;

    /// <summary>What the op means.</summary>
    /// <exception cref="GraphException">The reference backend has no definition of the op.</exception>
    public ReferenceOp Reference => reference.OrThrow(this, "the reference backend cannot run");

    /// <summary>How the CPU backend runs the op.</summary>
    /// <exception cref="GraphException">The CPU backend cannot run the op.</exception>
    public CpuOp Cpu => cpu.OrThrow(this, "the cpu backend cannot run");

    /// <summary>How the CUDA backend runs the op.</summary>
    /// <exception cref="GraphException">The CUDA backend cannot run the op.</exception>
    public CudaOp Cuda => cuda.OrThrow(this, "the cuda backend cannot run");

    /// <summary>How the op is exported.</summary>
    /// <exception cref="GraphException">The op has no ONNX form.</exception>
    public OnnxOp Onnx => onnx.OrThrow(this, "ONNX export has no form for");

    /// <summary>Why a room has no file of the op's name, by room; rooms that have one are absent.</summary>
    public IReadOnlyDictionary<string, string> Absences =>
        new[]
        {
            ("Reference", reference.Absence), ("Cpu", cpu.Absence), ("Cuda", cuda.Absence), ("Onnx", onnx.Absence), ("kernels", kernel),
        }
        .Where(room => room.Item2 is not null).ToDictionary(room => room.Item1, room => room.Item2!);

    /// <summary>
    /// The line of an op. Each room gives an implementation, or a sentence that says why it has none; <paramref name="kernel"/> says
    /// why no kernel file has the op's name, and is null if one has.
    /// </summary>
    public static OpEntry Of<TOp>(
        Implementation<ReferenceOp<TOp>> reference,
        Implementation<CpuOp<TOp>> cpu,
        Implementation<CudaOp<TOp>> cuda,
        Implementation<OnnxOp<TOp>> onnx,
        string? kernel = null)
        where TOp : Op => new(typeof(TOp), reference.As<ReferenceOp>(), cpu.As<CpuOp>(), cuda.As<CudaOp>(), onnx.As<OnnxOp>(), kernel);

    /// <summary>An implementation of an op, or why there is none.</summary>
    internal readonly record struct Implementation<T>(T? Value, string? Absence)
        where T : class
    {
        public static implicit operator Implementation<T>(T value) => new(value, null);

        public static implicit operator Implementation<T>(string absence) => new(null, absence);

        public Implementation<TBase> As<TBase>()
            where TBase : class => new((TBase?)(object?)Value, Absence);

        public T OrThrow(OpEntry entry, string refusal) =>
            Value ?? throw new GraphException($"{refusal} {entry.Type.Name}: {Absence}");
    }
}
