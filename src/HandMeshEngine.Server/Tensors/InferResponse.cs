namespace HandMeshEngine.Server.Tensors;

/// <summary>An answer, whichever way it goes.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Id">The client's own name for the request.</param>
/// <param name="Outputs">What was asked for, in that order.</param>
/// <param name="WaitedMs">Longest wait of an image for its turn, milliseconds.</param>
/// <param name="RanMs">Decoding and predicting all images, milliseconds.</param>
internal sealed record InferResponse(string Model, string Id, IReadOnlyList<OutputTensor> Outputs, double WaitedMs, double RanMs);
