namespace HandMeshEngine;

/// <summary>How long one stage of a prediction took.</summary>
/// <param name="Name">The stage: <c>detect</c>, <c>landmarks</c>, <c>mesh</c> for the default system.</param>
/// <param name="Milliseconds">Wall-clock time, all passes and hands together.</param>
public readonly record struct StageTime(string Name, double Milliseconds);
