namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>One step of a plan with its share of a prediction.</summary>
/// <param name="Network">The session's name.</param>
/// <param name="Stage">The model's stage.</param>
/// <param name="Kernel">What runs.</param>
/// <param name="Microseconds">Mean, a prediction.</param>
/// <param name="Runs">How often it runs in a prediction (mean).</param>
/// <param name="MultiplyAdds">A prediction.</param>
/// <param name="Bytes">A prediction, each operand once.</param>
internal sealed record StepTime(
    string Network, string Stage, string Kernel, double Microseconds, double Runs, double MultiplyAdds, double Bytes);
