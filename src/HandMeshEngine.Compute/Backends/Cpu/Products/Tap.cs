namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>One element of a kernel.</summary>
/// <param name="Dy">Input row that it reads, counted from stride times the output row.</param>
/// <param name="Dx">Input column likewise.</param>
/// <param name="Weight">Its place in the last two axes of the weight.</param>
internal readonly record struct Tap(int Dy, int Dx, int Weight);
