namespace HandMeshEngine.Conversion;

/// <summary>What a conversion made.</summary>
/// <param name="Weights">Tensors under the authors' names, fixed tables and metadata; write them with <c>SafetensorsFile.Write</c>.</param>
/// <param name="Notices">Things worth telling the user, a sentence each, such as entries that were ignored.</param>
public sealed record ConversionResult(TensorMap Weights, IReadOnlyList<string> Notices);
