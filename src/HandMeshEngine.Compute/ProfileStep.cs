namespace HandMeshEngine.Compute;

/// <summary>One measured step of a plan.</summary>
/// <param name="Stage">The model's stage.</param>
/// <param name="Kernel">What runs, for example <c>conv2d s2 p3 +bias relu</c>.</param>
/// <param name="MultiplyAdds">Arithmetic of the step.</param>
/// <param name="Bytes">Bytes read and written, each operand once.</param>
public sealed record ProfileStep(string Stage, string Kernel, long MultiplyAdds, long Bytes);
