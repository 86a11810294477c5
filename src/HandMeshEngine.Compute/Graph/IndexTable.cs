namespace HandMeshEngine.Compute.Graph;

/// <summary>An operand whose entries are indices that the kernels follow without a check of their own.</summary>
/// <param name="Operand">Which operand.</param>
/// <param name="Entries">The operand that these are row starts of (compressed sparse rows); null: indices of rows of operand 0.</param>
internal readonly record struct IndexTable(int Operand, int? Entries = null);
