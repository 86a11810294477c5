using System.Globalization;
using System.Text.Json;
using HandMeshEngine.Tests.Export;

namespace HandMeshEngine.Tests.Rig;

/// <summary>The poses as SciPy reads quaternions: skin, chains and angles computed there from the numbers alone.</summary>
public sealed class PoseByScipyTests
{
    // Prints the farthest vertex in metres, the largest chain error and the largest flexion error in radians.
    private const string Program = """
        import json, sys
        try:
            import numpy as np
            from scipy.spatial.transform import Rotation as R
        except ImportError:
            sys.exit(77)
        h = json.load(open(sys.argv[1]))
        a = {k: np.array(h[k]) for k in h}
        rest, pose, local = R.from_quat(a["restTurn"]), R.from_quat(a["turn"]), R.from_quat(a["local"])
        M = pose.as_matrix() @ (a["scale"][:, :, None] * rest.inv().as_matrix())
        own = a["skin"][:, None, :] - a["restPlace"][None]
        moved = np.einsum("jab,vjb->vja", M, own) + a["place"][None]
        w = np.zeros((len(a["skin"]), 25))
        for k in range(4):
            np.add.at(w, (np.arange(len(w)), a["joints"][:, k]), a["weights"][:, k])
        far = np.linalg.norm(np.einsum("vj,vja->va", w, moved) - a["mesh"], axis=1).max()
        chain = flexion = 0.0
        for j in range(1, 25):
            p = int(a["parent"][j])
            chain = max(chain, (pose[p] * local[j] * pose[j].inv()).magnitude())
            d = local[j].apply([0, 0, -1])
            flexion = max(flexion, abs(np.arctan2(-d[1], -d[2]) - a["flexion"][j]))
        print(far, chain, flexion)
        """;

    [Theory]
    [InlineData("pointing")]
    [InlineData("rendered-0")]
    public void SciPy_skins_the_hand_to_the_same_mesh(string name)
    {
        HandMesh hand = TestHands.Of(name)[0];
        HandSkeleton skeleton = HandSkeleton.Of(hand.Handedness);
        HandPose pose = hand.Pose;
        using var folder = new TemporaryFolder();
        string file = folder.File("hand.json");
        using (var json = new Utf8JsonWriter(File.Create(file)))
        {
            json.WriteStartObject();
            Write(json, "restTurn", skeleton.Rest, joint => Numbers(joint.Orientation));
            Write(json, "restPlace", skeleton.Rest, joint => Numbers(joint.Position));
            Write(json, "turn", pose.Joints, joint => Numbers(joint.Orientation));
            Write(json, "place", pose.Joints, joint => Numbers(joint.Position));
            Write(json, "local", pose.LocalRotations, Numbers);
            Write(json, "scale", pose.Scales, Numbers);
            Write(json, "skin", skeleton.Vertices, Numbers);
            Write(json, "mesh", hand.Vertices, Numbers);
            Write(json, "joints", skeleton.VertexJoints.ToArray().Chunk(4).ToArray(), four => [.. four.Select(joint => (double)joint)]);
            Write(json, "weights", skeleton.VertexWeights.ToArray().Chunk(4).ToArray(), four => [.. four.Select(weight => (double)weight)]);
            WriteNumbers(json, "parent", [.. Enum.GetValues<HandJoint>().Select(joint => (double)(int)(HandSkeleton.Parent(joint) ?? 0))]);
            WriteNumbers(json, "flexion", [.. pose.Angles.ToArray().Select(angles => (double)angles.Flexion)]);
            json.WriteEndObject();
        }

        (int code, string output) = ExternalTool.Run("/usr/bin/python3", "-c", Program, file);
        Assert.SkipWhen(code == 77, "python3 has no SciPy");
        Assert.True(code == 0, output);
        double[] errors = [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.True(errors[0] < 1e-4, $"{1000 * errors[0]} mm");
        Assert.True(errors[1] < 1e-5 && errors[2] < 1e-5, output);
    }

    private static double[] Numbers(Vector3 vector) => [vector.X, vector.Y, vector.Z];

    private static double[] Numbers(Quaternion turn) => [turn.X, turn.Y, turn.Z, turn.W];

    private static void Write<T>(Utf8JsonWriter json, string name, ReadOnlySpan<T> rows, Func<T, double[]> numbers)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            json.WriteStartArray();
            Array.ForEach(numbers(row), json.WriteNumberValue);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, double[] numbers)
    {
        json.WriteStartArray(name);
        Array.ForEach(numbers, json.WriteNumberValue);
        json.WriteEndArray();
    }
}
