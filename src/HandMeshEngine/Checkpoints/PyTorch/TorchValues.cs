namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>A block of numbers that tensors view.</summary>
/// <param name="Key">Its name in the container.</param>
/// <param name="Type">Element type.</param>
/// <param name="Count">Elements, as the pickle announces them.</param>
internal sealed record TorchStorage(string Key, DType Type, long Count);

/// <summary>A tensor: a strided view of a storage, checked to lie inside it.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, Shape Shape, long[] Strides);

/// <summary>A tensor of a kind that is not supported, such as a sparse or quantised one; refused only where it is needed.</summary>
/// <param name="Reason">What it is.</param>
internal sealed record TorchUnsupported(string Reason);
