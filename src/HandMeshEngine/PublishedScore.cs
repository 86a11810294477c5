namespace HandMeshEngine;

/// <summary>One number that the authors of a system published, to be put beside what <c>handmesh evaluate</c> measures.</summary>
/// <param name="DataSet">The set, by its name in docs/evaluation.md: <c>freihand</c>, <c>ge</c>, <c>rhd</c>.</param>
/// <param name="Metric">
/// The metric, by its name in an evaluation: <c>cs_joints</c>, <c>pa_vertices</c> and the like in millimetres, <c>pa_f_5</c>, <c>iou</c>
/// and areas such as <c>rr_joints.auc_20_50</c> from 0 to 1.
/// </param>
/// <param name="Value">The number, in the metric's unit.</param>
/// <param name="Of">Which configuration it is of, or under which other conditions it was measured; empty for the system as it runs here.</param>
public sealed record PublishedScore(string DataSet, string Metric, double Value, string Of = "");
