using HandMeshEngine.Compute;

namespace HandMeshEngine.Cli.Tests;

/// <summary>The C# of README.md, compiled: <see cref="ReadmeTests"/> compares the text.</summary>
internal static class ReadmeSample
{
    /// <summary>How often <see cref="Draw"/> was called.</summary>
    public static int Drawn { get; private set; }

    public static void Run(byte[] pixels, int width, int height, int stride, Camera camera)
    {
        #region README
        using var estimator = HandEstimator.Open();
        HandResult result = estimator.CreateResult();
        estimator.Predict(new ImageView(pixels, width, height, stride, PixelFormat.Rgb), camera, result);
        foreach (HandMesh hand in result)
        {
            Draw(hand.Vertices, hand.Faces, hand.Joints);
        }
        #endregion
    }

    private static void Draw(ReadOnlySpan<System.Numerics.Vector3> vertices, ReadOnlySpan<int> faces, ReadOnlySpan<System.Numerics.Vector3> joints) =>
        Drawn += vertices.Length > 0 && faces.Length > 0 && joints.Length == HandMesh.JointCount ? 1 : 0;
}
