namespace HandMeshEngine.Server;

/// <summary>One model of a server.</summary>
/// <param name="Name">By which clients ask for it.</param>
/// <param name="Estimator">System, weights, device.</param>
/// <param name="Estimators">How many predictions run at once; 0 takes one for each core on the CPU and one on a GPU.</param>
public sealed record ServedModelOptions(string Name, EstimatorOptions Estimator, int Estimators = 0);
