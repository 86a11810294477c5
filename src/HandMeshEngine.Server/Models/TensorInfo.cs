using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Models;

/// <summary>A tensor that a model takes or gives; -1 in the shape is any size.</summary>
internal sealed record TensorInfo(string Name, DataType DataType, params long[] Shape);
