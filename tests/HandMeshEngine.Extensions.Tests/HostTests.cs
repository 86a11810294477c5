using System.Numerics;
using HandMeshEngine.Images;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HandMeshEngine.Extensions.Tests;

/// <summary>The engine in a real host: what the container gives, what is logged, what the health check says.</summary>
public sealed class HostTests
{
    private static readonly EstimatorOptions _lite = new() { Device = "cpu", Variant = "lite", Threads = 1 };
    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(RepositoryFolder.Require(), "tests", "photos", "pointing.jpg"));
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);

    private readonly LogBook _log = new();

    [Fact]
    public async Task A_host_opens_one_estimator_at_its_start_and_disposes_it_at_its_end()
    {
        HandEstimator estimator;
        using (IHost host = Host(options => options.Estimator = _lite))
        {
            await host.StartAsync();
            Assert.Contains("mediapipe-hand is open on cpu (", Assert.Single(_log.Of(LogLevel.Information)));
            estimator = host.Services.GetRequiredService<HandEstimator>();
            EstimatorPool pool = host.Services.GetRequiredService<EstimatorPool>();
            Assert.Same(estimator, Assert.Single(pool.Estimators));

            using HandEstimator alone = HandEstimator.Open(_lite);
            Vector3[] expected = Vertices(alone.Predict(_photo, _camera));
            Assert.Equal(expected, Vertices(estimator.Predict(_photo, _camera)));
            Assert.Equal(expected, Vertices(await pool.PredictAsync(_photo, _camera)));
            await host.StopAsync();
        }

        Assert.Throws<ObjectDisposedException>(() => estimator.Predict(_photo, _camera));
    }

    [Fact]
    public async Task Options_come_from_configuration_too()
    {
        using IHost host = Host(null, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["HandMesh:Estimators"] = "2",
                ["HandMesh:OpenAtStart"] = "false",
                ["HandMesh:Estimator:Device"] = "cpu",
                ["HandMesh:Estimator:Variant"] = "lite",
                ["HandMesh:Estimator:MaxHands"] = "1",
            });
            builder.Services.Configure<HandMeshOptions>(builder.Configuration.GetSection("HandMesh"));
        });
        await host.StartAsync();
        Assert.Empty(_log.Lines);

        EstimatorPool pool = host.Services.GetRequiredService<EstimatorPool>();
        Assert.Equal(2, pool.Count);
        Assert.Equal("cpu", pool.Estimators[0].Device);
        Assert.Contains(", estimators: 2, opened in ", Assert.Single(_log.Of(LogLevel.Information)));
        InvalidOperationException several = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<HandEstimator>);
        Assert.Contains("2 estimators are open, so there is no single HandEstimator", several.Message);
    }

    [Fact]
    public async Task A_mistake_in_the_options_ends_the_start_with_its_sentence()
    {
        using IHost host = Host(options => options.Estimator = _lite with { System = "mediapipe" });
        ArgumentException mistake = await Assert.ThrowsAsync<ArgumentException>(() => host.StartAsync());

        Assert.Contains("mediapipe-hand", mistake.Message);
        (LogLevel level, string text, Exception? exception) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Error, "mediapipe could not be opened"), (level, text));
        Assert.Same(mistake, exception);
    }

    [Fact]
    public async Task The_note_about_a_missing_device_is_logged()
    {
        using IHost host = Host(options => options.Estimator = _lite with { Device = "auto" });
        await host.StartAsync();
        HandEstimator estimator = host.Services.GetRequiredService<HandEstimator>();

        Assert.SkipWhen(estimator.DeviceNote is null, "the fastest device is here");
        Assert.Contains($"no faster device is used: {estimator.DeviceNote}", _log.Of(LogLevel.Information));
    }

    [Fact]
    public async Task A_healthy_host_says_what_predicts_and_where_and_a_failed_prediction_is_logged_and_unhealthy()
    {
        var told = new List<Exception>();
        using IHost host = Host(options => options.Estimator = _lite with { Failed = told.Add });
        await host.StartAsync();
        HealthReportEntry healthy = await Check(host);
        Assert.Equal((HealthStatus.Healthy, "mediapipe-hand predicts on cpu"), (healthy.Status, healthy.Description));
        Assert.Equal(1, healthy.Data["estimators"]);
        Assert.Equal("cpu", healthy.Data["device"]);

        host.Services.GetRequiredService<EstimatorPool>().Dispose();
        HealthReportEntry broken = await Check(host);
        Assert.Equal(HealthStatus.Unhealthy, broken.Status);
        Assert.StartsWith("a prediction failed: ", broken.Description, StringComparison.Ordinal);
        Assert.Equal("a prediction of mediapipe-hand failed", Assert.Single(_log.Of(LogLevel.Error)));
        Assert.IsType<ObjectDisposedException>(Assert.Single(told));
    }

    [Fact]
    public async Task Stand_in_weights_are_degraded_and_warned_of()
    {
        using IHost host = Host(options => options.Estimator = new EstimatorOptions { Device = "cpu", System = "mobrecon", Weights = "random:0" });
        await host.StartAsync();
        HealthReportEntry entry = await Check(host);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("mobrecon runs on stand-in weights; its meshes mean nothing", Assert.Single(_log.Of(LogLevel.Warning)));
    }

    [Fact]
    public async Task What_cannot_be_opened_is_unhealthy_with_the_reason()
    {
        using IHost host = Host(options =>
        {
            options.Estimator = _lite with { Weights = "nowhere.safetensors" };
            options.OpenAtStart = false;
        });
        await host.StartAsync();
        HealthReportEntry entry = await Check(host);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.StartsWith("the estimator could not be opened: ", entry.Description, StringComparison.Ordinal);
        Assert.Contains("nowhere.safetensors", entry.Description);
    }

    [Fact]
    public async Task A_host_whose_estimator_does_not_become_free_is_unhealthy()
    {
        using IHost host = Host(options => options.Estimator = _lite, timeout: TimeSpan.FromMilliseconds(1));
        await host.StartAsync();
        EstimatorPool pool = host.Services.GetRequiredService<EstimatorPool>();
        Task<HandResult>[] calls = [.. Enumerable.Range(0, 50).Select(_ => pool.PredictAsync(_photo, _camera))];

        Assert.Equal(HealthStatus.Unhealthy, (await Check(host)).Status);
        Assert.All(await Task.WhenAll(calls), result => Assert.Single(result));
    }

    private static Vector3[] Vertices(HandResult result) => [.. Assert.Single(result).Vertices];

    private static async Task<HealthReportEntry> Check(IHost host)
    {
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["handmesh"];
    }

    private IHost Host(Action<HandMeshOptions>? configure, Action<HostApplicationBuilder>? more = null, TimeSpan? timeout = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddHandMesh(configure);
        builder.Services.AddHealthChecks().AddHandMesh(timeout: timeout);
        more?.Invoke(builder);
        return builder.Build();
    }
}
