using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Rows of the two products of attention: queries by keys, weights by values.</summary>
/// <param name="Count">Queries of a task.</param>
/// <param name="Scores">First product of a full task.</param>
/// <param name="Sums">Second product of a full task.</param>
/// <param name="LastScores">First product of the last task.</param>
/// <param name="LastSums">Second product of the last task.</param>
internal sealed record AttentionRows(int Count, MatrixRows Scores, MatrixRows Sums, MatrixRows LastScores, MatrixRows LastSums);
