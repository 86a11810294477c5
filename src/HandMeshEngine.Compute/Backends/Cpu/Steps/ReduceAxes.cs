using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Axes that stay, or that go, with their strides in the input and in the output.</summary>
internal sealed record ReduceAxes(int[] Extents, long[] From, long[] To);
