using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>Two engines' predictions for one set, image by image: how far apart, and where first beyond a tolerance.</summary>
/// <param name="Images">Images compared.</param>
/// <param name="LargestMm">Largest distance of a joint or vertex, millimetres.</param>
/// <param name="MeanMm">Mean over the images of the mean joint distance, millimetres.</param>
/// <param name="FirstBeyond">The first image beyond the tolerance and what differs there, or null.</param>
/// <param name="Beyond">Images beyond the tolerance, or found by one side only.</param>
public sealed record PredictionComparison(int Images, double LargestMm, double MeanMm, string? FirstBeyond, int Beyond)
{
    /// <summary>Compares.</summary>
    /// <param name="ours">One engine's predictions.</param>
    /// <param name="theirs">The other's, in the same order.</param>
    /// <param name="toleranceMm">Largest distance that counts as equal, millimetres.</param>
    /// <exception cref="DataSetException">The two do not cover the same images.</exception>
    public static PredictionComparison Of(IEnumerable<HandPrediction> ours, IEnumerable<HandPrediction> theirs, double toleranceMm)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(theirs);
        int images = 0, beyond = 0, both = 0;
        double largest = 0, sum = 0;
        string? first = null;
        using IEnumerator<HandPrediction> other = theirs.GetEnumerator();
        foreach (HandPrediction mine in ours)
        {
            if (!other.MoveNext() || other.Current.Id != mine.Id)
            {
                throw new DataSetException(mine.Id, "only one of the two predicted this image; compare runs over the same set");
            }

            images++;
            (double greatest, double meanJoint, string? difference) = Differ(mine, other.Current, toleranceMm);
            largest = Math.Max(largest, greatest);
            if (mine.IsFound && other.Current.IsFound)
            {
                (sum, both) = (sum + meanJoint, both + 1);
            }

            if (difference is not null)
            {
                beyond++;
                first ??= $"{mine.Id}: {difference}";
            }
        }

        return other.MoveNext()
            ? throw new DataSetException(other.Current.Id, "only one of the two predicted this image; compare runs over the same set")
            : new PredictionComparison(images, largest, both == 0 ? 0 : sum / both, first, beyond);
    }

    private static (double LargestMm, double MeanJointMm, string? Difference) Differ(HandPrediction a, HandPrediction b, double toleranceMm)
    {
        if (a.IsFound != b.IsFound)
        {
            return (0, 0, $"a hand was found by {(a.IsFound ? "the first" : "the second")} alone");
        }

        if (a.Vertices.Length != b.Vertices.Length)
        {
            return (0, 0, $"{a.Vertices.Length} vertices against {b.Vertices.Length}");
        }

        (double joint, int jointAt, double mean) = Largest(a.Joints, b.Joints);
        (double vertex, int vertexAt, _) = Largest(a.Vertices, b.Vertices);
        double largest = Math.Max(joint, vertex);
        string what = joint >= vertex ? $"joint {jointAt}" : $"vertex {vertexAt}";
        return (largest, mean, largest <= toleranceMm ? null : FormattableString.Invariant($"{what} differs by {largest:0.###} mm"));
    }

    private static (double LargestMm, int At, double MeanMm) Largest(Vector3d[] a, Vector3d[] b)
    {
        double largest = 0, sum = 0;
        int at = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double distance = 1000 * (a[i] - b[i]).Length;
            sum += distance;
            if (!(distance <= largest))
            {
                (largest, at) = (distance, i);
            }
        }

        return (largest, at, a.Length == 0 ? 0 : sum / a.Length);
    }
}
