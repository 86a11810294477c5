namespace HandMeshEngine;

/// <summary>
/// Names under which the library reports what it does, by <see cref="System.Diagnostics.Metrics.Meter"/> and
/// <see cref="System.Diagnostics.ActivitySource"/>. Where nobody listens this costs a branch and allocates nothing.
/// </summary>
/// <remarks>
/// Instruments, each with the tags <c>system</c> and <c>device</c>: <c>handmesh.predictions</c> and <c>handmesh.prediction.failures</c>
/// (counts; failures also <c>error</c>), <c>handmesh.prediction.duration</c> and <c>handmesh.queue.duration</c> (seconds, without and
/// of waiting), <c>handmesh.queue.length</c> (callers that wait), <c>handmesh.open.duration</c> (seconds to open an estimator: weights, planning, compiling),
/// <c>handmesh.kernels.compiled</c> and <c>handmesh.kernels.cached</c> (CUDA programs, made or found), <c>handmesh.plan.memory</c> (bytes of
/// open plans: weights and activations on the device). Activities: <c>handmesh.open</c> and <c>handmesh.predict</c>, the latter with the
/// number of <c>hands</c>.
/// </remarks>
public static class HandMeshTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "HandMeshEngine";

    /// <summary>Name of the activity source.</summary>
    public const string ActivitySourceName = "HandMeshEngine";
}
