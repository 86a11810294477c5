using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>
/// Estimators of one process share weights: what another one costs, and that it gives the same bits. Alone in the process while it runs:
/// what other tests hold would count.
/// </summary>
[CollectionDefinition(nameof(SharedWeightsTests), DisableParallelization = true)]
[Collection(nameof(SharedWeightsTests))]
public sealed class SharedWeightsTests
{
    private const long MiB = 1 << 20;

    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);

    [Theory]
    [InlineData("mediapipe-hand", null)]
    [InlineData("mobrecon", "random:0")]
    public void Another_estimator_costs_less_than_10_MiB_beside_its_activations_and_gives_the_same_bits(string system, string? weights)
    {
        var options = new EstimatorOptions { System = system, Weights = weights, Device = "cpu", Threads = 2 };
        using HandEstimator first = HandEstimator.Open(options);
        HandMesh expected = Assert.Single(first.Predict(_photo, _camera));
        long constants = first.Sessions.Sum(network => Constants(network.Value));
        long activations = first.Sessions.Sum(network => network.Value.MemoryBytes) - constants;
        Assert.True(constants > 10 * MiB, "these weights are too small to show anything");

        // The process's memory also has other reasons to grow, so the least of three counts.
        long managed = long.MaxValue, process = long.MaxValue;
        var others = new List<HandEstimator>();
        for (int i = 0; i < 3; i++)
        {
            (long Managed, long Process) before = Held();
            others.Add(HandEstimator.Open(options));
            Assert.Equal(expected.Vertices, Assert.Single(others[^1].Predict(_photo, _camera)).Vertices);
            (long Managed, long Process) after = Held();
            managed = Math.Min(managed, after.Managed - before.Managed);
            process = Math.Min(process, after.Process - before.Process);
        }

        Assert.InRange(managed, activations, activations + (10 * MiB));
        Assert.True(process < activations + (10 * MiB), $"{process} bytes of the process for {activations} bytes of activations");
        first.Dispose();
        Assert.Equal(expected.Vertices, Assert.Single(others[0].Predict(_photo, _camera)).Vertices);
        others.ForEach(estimator => estimator.Dispose());
    }

    [Fact]
    public void A_pool_shares_and_gives_all_back()
    {
        (long before, _) = Held();
        OpenPool();
        for (int i = 0; i < 10 && Held().Managed > before + (2 * MiB); i++)
        {
            Thread.Sleep(20); // workers and warm-ups end
        }

        Assert.InRange(Held().Managed, 0, before + (2 * MiB));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenPool()
    {
        using EstimatorPool pool = EstimatorPool.Open(new EstimatorOptions { Device = "cpu", Threads = 1 }, 3);
        OpGraph graph = pool.Estimators[0].Sessions[0].Value.Graph;
        Assert.All(pool.Estimators, estimator => Assert.Same(graph, estimator.Sessions[0].Value.Graph));
        Assert.Single(pool.Predict(_photo, _camera));
    }

    private static long Constants(Session session) => long.Parse(session.PlanText.Split("constants ")[^1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static (long Managed, long Process) Held()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using Process own = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), own.WorkingSet64);
    }
}
