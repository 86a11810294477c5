using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Rows of the two products of attention: queries by keys, weights by values.</summary>
/// <param name="Count">Queries of a tile.</param>
/// <param name="Scores">First product of a full tile.</param>
/// <param name="Sums">Second product of a full tile.</param>
/// <param name="LastScores">First product of the last tile.</param>
/// <param name="LastSums">Second product of the last tile.</param>
internal sealed record AttentionRows(int Count, MatrixRows Scores, MatrixRows Sums, MatrixRows LastScores, MatrixRows LastSums);
