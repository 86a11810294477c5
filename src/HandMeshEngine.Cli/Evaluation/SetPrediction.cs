using HandMeshEngine.Cameras;
using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>
/// Predicts the images of a set on one estimator, giving it what the protocol behind its published numbers gives (docs/evaluation.md,
/// Protocols): a system that finds hands itself gets the camera alone, the others box, side, root depth and scale as they need them.
/// </summary>
internal sealed class SetPrediction(HandEstimator estimator)
{
    private readonly ImageDecoder _decoder = new();
    private readonly HandResult _result = estimator.CreateResult();

    /// <summary>The triangles of the meshes predicted so far; empty before the first.</summary>
    public int[] Faces { get; private set; } = [];

    public HandPrediction Predict(EvaluationImage image)
    {
        try
        {
            RgbImage picture = _decoder.Load(image.File);
            Camera camera = image.CameraFor(picture.Width, picture.Height)
                ?? throw new DataSetException(image.File, "the set states no camera for this image; add \"camera\": [fx, fy, cx, cy] to its line");
            var view = new ImageView(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, PixelFormat.Rgb);
            estimator.Predict(view, camera, _result, Known(image));
            HandMesh? best = null;
            foreach (HandMesh hand in _result)
            {
                best = best is null || hand.Score > best.Score ? hand : best;
            }

            if (best is not null && Faces.Length == 0)
            {
                Faces = best.Faces.ToArray();
            }

            return best is null
                ? new HandPrediction(image.Id, [], [], "no hand found")
                : new HandPrediction(image.Id, Points(best.Joints), Points(best.Vertices));
        }
        catch (Exception error) when (error is ImageException or ArgumentException)
        {
            return new HandPrediction(image.Id, [], [], error.Message);
        }
    }

    private static Vector3d[] Points(ReadOnlySpan<System.Numerics.Vector3> points)
    {
        var wide = new Vector3d[points.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector3d.From(points[i]);
        }

        return wide;
    }

    private PredictOptions Known(EvaluationImage image) => !estimator.System.TakesBox
        ? new PredictOptions { HandSize = image.HandSize }
        : new PredictOptions
        {
            Box = image.Box,
            BoxIsCrop = image.BoxIsCrop,
            Handedness = image.Handedness,
            RootDepth = estimator.System.Needs.HasFlag(SystemNeeds.RootDepth) ? image.RootDepth : null,
            BoneLength = estimator.System.Needs.HasFlag(SystemNeeds.BoneLength) ? image.BoneLength : null,
        };
}
