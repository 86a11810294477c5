namespace HandMeshEngine.Bench.Reliability.Goals;

/// <summary>Calls that fail on purpose.</summary>
internal static class FaultGoals
{
    public static IEnumerable<Goal> All =>
    [
        new("R5", "whichever driver or compiler call fails: a documented exception, no leak", budget => TestRun.Outcome(
            "HandMeshEngine.Compute.Tests", ["*CudaFaultTests", "*EstimatorFaultTests"], "tests; each call of a session, and a sample of those of an estimator, in four kinds of failure", budget)),
        new("R6", "whichever allocation of the host fails: OutOfMemoryException, and the next call works", budget => TestRun.Outcome(
            "HandMeshEngine.Compute.Tests", ["*CpuFaultTests"], "tests", budget)),
        new("R12", "a damaged, foreign or half-written kernel cache is never taken", budget => TestRun.Outcome(
            "HandMeshEngine.Cuda.Tests", ["*KernelCacheTests"], "tests, among them every flipped byte of an entry", budget)),
        new("R14", "compute-sanitizer finds nothing", _ => Outcome.NotReached("needs a GPU; tools/first-hour runs it")),
        new("R15", "guard bands round every op's output stay whole", budget => TestRun.Outcome(
            "HandMeshEngine.Compute.Tests", ["*CpuOpTests"], "ops and shapes on the CPU", budget)),
        new("R18", "a server survives slow, large and wrong requests", _ => Outcome.NotReached("there is no server yet")),
        new("R20", "without driver or compiler, or with a wrong one, the CPU computes and doctor says what is missing", budget => TestRun.Outcome(
            "HandMeshEngine.Cuda.Tests", ["*NvrtcTests", "*NativeLibrariesTests"], "tests", budget)),
    ];
}
