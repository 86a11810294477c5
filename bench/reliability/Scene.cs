using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HandMeshEngine.Images;

namespace HandMeshEngine.Bench.Reliability;

/// <summary>The photo that the estimators of all goals look at.</summary>
internal static class Scene
{
    /// <summary>The repository that this was built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A photo with one hand.</summary>
    public static RgbImage Photo { get; } = RgbImage.Load(Path.Combine(Repository, "tests", "photos", "pointing.jpg"));

    /// <summary>The same camera for every goal.</summary>
    public static Camera Camera { get; } = Camera.Guess(Photo.Width, Photo.Height);

    /// <summary>What computes.</summary>
    public static string Description
    {
        get
        {
            using HandEstimator estimator = Open();
            return estimator.DeviceDescription;
        }
    }

    /// <summary>The default system, lite, on the CPU.</summary>
    public static HandEstimator Open(int threads = 1, string system = "") => HandEstimator.Open(
        system.Length == 0
            ? new EstimatorOptions { Device = "cpu", Variant = "lite", Threads = threads }
            : new EstimatorOptions { Device = "cpu", System = system, Weights = "random:0", Threads = threads });

    /// <summary>SHA-256 of a hand's vertices and key points, in hexadecimal; "none" without a hand.</summary>
    public static string Digest(HandResult result)
    {
        if (result.Count == 0)
        {
            return "none";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (HandMesh hand in result.Hands)
        {
            hash.AppendData(MemoryMarshal.AsBytes(hand.Vertices));
            hash.AppendData(MemoryMarshal.AsBytes(hand.Keypoints));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digest of the photo's hand, computed with so many threads.</summary>
    public static string Digest(int threads)
    {
        using HandEstimator estimator = Open(threads);
        return Digest(estimator.Predict(Photo, Camera));
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HandMeshEngine.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("run tools/reliability in a checkout of the repository");
    }
}
