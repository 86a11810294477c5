using HandMeshEngine.Estimation;

namespace HandMeshEngine;

/// <summary>The networks of a system as graphs, before any pass: to export, to print, to run elsewhere.</summary>
public static class HandNetworks
{
    /// <summary>
    /// Builds the graphs of a system: <c>palm</c> and <c>hand</c> of the default system, otherwise one that has the system's id.
    /// </summary>
    /// <param name="options">System, weights and variant; the rest is not used.</param>
    /// <param name="hands">How many hands of one image they take at once; the palm detector looks at one image.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The weights cannot be read or do not fit the system.</exception>
    public static IReadOnlyList<KeyValuePair<string, OpGraph>> Build(EstimatorOptions options, int hands = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(hands, 1);
        HandSystem system = HandSystems.Find(options.System);
        TensorMap weights = EstimatorWeights.Load(system, options);
        try
        {
            return [.. system.Networks(weights, options, hands).Select(network => KeyValuePair.Create(network.Name, network.Graph))];
        }
        catch (GraphException exception)
        {
            throw EstimatorWeights.Misfit(weights, exception);
        }
    }
}
