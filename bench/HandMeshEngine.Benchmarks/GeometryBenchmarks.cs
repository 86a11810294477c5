using BenchmarkDotNet.Attributes;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;

namespace HandMeshEngine.Benchmarks;

/// <summary>What surrounds the networks: decoding a photo, and a whole prediction of the default system.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class GeometryBenchmarks
{
    private readonly ImageDecoder _decoder = new();
    private byte[] _file = [];
    private RgbImage? _photo;
    private HandEstimator? _estimator;
    private HandResult? _result;
    private Camera? _camera;

    /// <summary>Reads the photo named by <c>HANDMESH_BENCH_PHOTO</c>.</summary>
    [GlobalSetup]
    public void Open()
    {
        string path = Environment.GetEnvironmentVariable(Program.PhotoVariable)
            ?? throw new InvalidOperationException($"set {Program.PhotoVariable} to a JPEG with a hand");
        _file = File.ReadAllBytes(path);
        _photo = RgbImage.Decode(_file);
        _camera = Camera.Guess(_photo.Width, _photo.Height);
        _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        _result = _estimator.CreateResult();
    }

    /// <summary>Releases the estimator.</summary>
    [GlobalCleanup]
    public void Close() => _estimator!.Dispose();

    /// <summary>JPEG bytes to RGB.</summary>
    [Benchmark]
    public int Decode() => _decoder.Decode(_file).Width;

    /// <summary>RGB to meshes.</summary>
    [Benchmark]
    public int Predict()
    {
        RgbImage photo = _photo!;
        _estimator!.Predict(new ImageView(photo.Pixels, photo.Width, photo.Height, photo.Width * 3, PixelFormat.Rgb), _camera!, _result!);
        return _result!.Count;
    }
}
