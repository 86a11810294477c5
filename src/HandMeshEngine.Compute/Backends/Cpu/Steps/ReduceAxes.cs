namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The axes that are kept, or reduced, with their strides in the input and the output.</summary>
internal sealed record ReduceAxes(int[] Extents, long[] From, long[] To);
