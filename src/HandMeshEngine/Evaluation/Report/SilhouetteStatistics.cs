using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;
using HandMeshEngine.Images;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>How well the predicted meshes cover the true masks of a set (docs/evaluation.md, Silhouettes).</summary>
public sealed class SilhouetteStatistics
{
    private readonly ImageDecoder _decoder = new();
    private readonly int[] _faces;
    private SilhouetteCounts _counts;
    private double _overlaps;
    private double _distances;

    internal SilhouetteStatistics(int[] faces) => _faces = faces;

    /// <summary>Images that were compared.</summary>
    public int Images { get; private set; }

    /// <summary>Images left out because neither mask shows a hand.</summary>
    public int Empty { get; private set; }

    /// <summary>Mean over the images of intersection over union of the hand's pixels, 0 to 1.</summary>
    public double Overlap => _overlaps / Images;

    /// <summary>Mean of the hand's and the background's intersection over union, over the pixels of all images together.</summary>
    public double ClassOverlap => _counts.ClassMean;

    /// <summary>Mean over the images of the rims' Hausdorff distance at the 95th percentile, pixels.</summary>
    public double HausdorffPx => _distances / Images;

    /// <summary>Compares one image.</summary>
    /// <returns>Intersection over union and Hausdorff distance; null if there is nothing to compare.</returns>
    /// <exception cref="ImageException">The mask cannot be read.</exception>
    /// <exception cref="DataSetException">The prediction's mesh is not the one that the faces are of.</exception>
    internal (double Overlap, double HausdorffPx)? Add(EvaluationImage image, HandPrediction prediction)
    {
        // A lens bends the picture, but the mesh is drawn as a pinhole sees it.
        if (image.Mask is not { } file || image.Camera is not { } camera || image.Lens is not null)
        {
            return null;
        }

        Silhouette truth = Read(file, image.MaskOver), estimate;
        try
        {
            estimate = MeshRaster.Mask(prediction.Vertices, _faces, camera, truth.Width, truth.Height);
        }
        catch (ArgumentException error)
        {
            throw new DataSetException(file, $"the silhouette of image '{image.Id}' cannot be drawn: {error.Message}");
        }

        _counts += SilhouetteCounts.Of(truth, estimate);
        if (Silhouette.IntersectionOverUnion(truth, estimate) is not { } overlap || Silhouette.Hausdorff(truth, estimate) is not { } distance)
        {
            Empty++;
            return null;
        }

        (Images, _overlaps, _distances) = (Images + 1, _overlaps + overlap, _distances + distance);
        return (overlap, distance);
    }

    private Silhouette Read(string file, byte over)
    {
        RgbImage picture = _decoder.Load(file);
        var mask = new Silhouette(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            Span<bool> row = mask.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = picture.Pixels[3 * ((y * picture.Width) + x)] > over;
            }
        }

        return mask;
    }
}
