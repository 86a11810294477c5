using System.IO.Compression;
using System.Text.Json;
using HandMeshEngine.Evaluation.DataSets;

namespace HandMeshEngine.Evaluation.Predictions;

/// <summary>
/// The file pred.json of the FreiHAND and HO-3D challenges: [joints of every image, vertices of every image], metres, in the set's own
/// joint order and axes (docs/evaluation.md, FreiHAND and HO-3D). Read and written image by image.
/// </summary>
public static class ChallengeFile
{
    /// <summary>Reads the predictions of a file in the order of its set. Images are matched by position.</summary>
    /// <exception cref="DataSetException">The file is damaged, holds numbers that are not finite, or joints and vertices differ in number.</exception>
    public static IEnumerable<HandPrediction> Read(string path, EvaluationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ReadImages(path, set);
    }

    /// <summary>Writes predictions; an image without a hand gets zeros, as the challenges demand numbers.</summary>
    /// <param name="path">Receives pred.json, whole or not at all.</param>
    /// <param name="set">Whose order and axes to write.</param>
    /// <param name="predictions">Read twice: once for the joints, once for the vertices.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, EvaluationSet set, IEnumerable<HandPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(predictions);
        int vertices = predictions.FirstOrDefault(prediction => prediction.IsFound)?.Vertices.Length ?? 0;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            writer.Write("[");
            WritePart(writer, predictions.Select(p => ToSet(set, p.IsFound ? p.Joints : new Vector3d[HandMesh.JointCount], areJoints: true)));
            writer.Write(",");
            WritePart(writer, predictions.Select(p => ToSet(set, p.IsFound ? p.Vertices : new Vector3d[vertices], areJoints: false)));
            writer.Write("]");
        });
    }

    /// <summary>Packs pred.json flat into a zip file, as the servers take it.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Zip(string predictions, string path) => AtomicFile.Write(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using Stream entry = archive.CreateEntry("pred.json", CompressionLevel.Optimal).Open();
        using FileStream source = RegularFile.OpenRead(predictions);
        source.CopyTo(entry);
    });

    private static IEnumerable<HandPrediction> ReadImages(string path, EvaluationSet set)
    {
        // Two readers, one of them past the joints, so that memory stays flat.
        using var joints = new JsonTokens(path);
        using var vertices = new JsonTokens(path);
        joints.Require(JsonTokenType.StartArray, "an array [joints, vertices]");
        vertices.Require(JsonTokenType.StartArray, "an array [joints, vertices]");
        vertices.Require(JsonTokenType.StartArray, "an array of joints");
        vertices.SkipValue();
        using IEnumerator<Vector3d[]> meshes = JsonPoints.ReadArray(vertices, null, "vertices").GetEnumerator();
        using IEnumerator<EvaluationImage> images = set.Read().GetEnumerator();
        int index = 0;
        foreach (Vector3d[] pose in JsonPoints.ReadArray(joints, HandMesh.JointCount, "joints"))
        {
            if (!meshes.MoveNext())
            {
                throw new DataSetException(path, $"there are joints for more than {index} images but vertices for {index} only");
            }

            if (!images.MoveNext())
            {
                throw new DataSetException(path, $"there are predictions for more images than the {index} of {set.Source}");
            }

            index++;
            yield return ToOurs(set, images.Current.Id, pose, meshes.Current);
        }

        if (meshes.MoveNext())
        {
            throw new DataSetException(path, $"there are vertices for more images than the {index} with joints");
        }

        if (images.MoveNext())
        {
            throw new DataSetException(path, $"there are predictions for {index} images, {set.Source} has more; predict all, zeros where there is no hand");
        }
    }

    private static HandPrediction ToOurs(EvaluationSet set, string id, Vector3d[] joints, Vector3d[] vertices)
    {
        if (joints.All(joint => joint == default))
        {
            return new HandPrediction(id, [], [], "zeros stand for no hand");
        }

        var ours = new Vector3d[HandMesh.JointCount];
        set.Order.ToOurs(set.IsOpenGl ? Array.ConvertAll(joints, Ho3dSet.Turn) : joints, ours);
        return new HandPrediction(id, ours, set.IsOpenGl ? Array.ConvertAll(vertices, Ho3dSet.Turn) : vertices);
    }

    private static Vector3d[] ToSet(EvaluationSet set, Vector3d[] points, bool areJoints)
    {
        Vector3d[] theirs = points;
        if (areJoints)
        {
            theirs = new Vector3d[points.Length];
            set.Order.FromOurs(points, theirs);
        }

        return set.IsOpenGl ? Array.ConvertAll(theirs, Ho3dSet.Turn) : theirs;
    }

    private static void WritePart(StreamWriter writer, IEnumerable<Vector3d[]> images)
    {
        string between = "[";
        foreach (Vector3d[] points in images)
        {
            writer.Write(between);
            between = ",";
            for (int i = 0; i < points.Length; i++)
            {
                writer.Write(i == 0 ? "[[" : ",[");
                writer.Write(points[i].X.ToString("R", CultureInfo.InvariantCulture));
                writer.Write(',');
                writer.Write(points[i].Y.ToString("R", CultureInfo.InvariantCulture));
                writer.Write(',');
                writer.Write(points[i].Z.ToString("R", CultureInfo.InvariantCulture));
                writer.Write(']');
            }

            writer.Write(points.Length == 0 ? "[]" : "]");
        }

        writer.Write(between == "[" ? "[]" : "]");
    }
}
