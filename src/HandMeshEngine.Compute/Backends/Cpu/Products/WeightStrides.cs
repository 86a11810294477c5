namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Strides of a weight: of an output channel, an input channel and a tap.</summary>
internal readonly record struct WeightStrides(int Output, int Input, int Tap);
