using System.Text.Json;

namespace HandMeshEngine.Tests.Rig;

public sealed class HandRigTests
{
    [Theory]
    [InlineData("left")]
    [InlineData("right")]
    public void The_embedded_rig_agrees_with_its_description(string side)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(CaseFolders.Repository!, "weights", "hand_rig", "rig.json")));
        JsonElement expected = document.RootElement.GetProperty(side);
        HandRig rig = Rig(side);

        Assert.Equal(expected.GetProperty("skin_order").EnumerateArray().Select(name => name.GetString()), rig.BoneNames);
        Assert.Equal(expected.GetProperty("vertices").GetInt32(), rig.Surface.VertexCount);
        Assert.Equal(expected.GetProperty("faces").GetInt32(), rig.Surface.Faces.Length / 3);
        Near.Equal(Points(expected, "rest_joint_heads"), rig.Heads, 1e-6, "rest_joint_heads");
        Near.Equal(Points(expected, "rest21"), rig.RestJoints, 1e-6, "rest21");
        Near.Equal(Points(expected, "key21"), rig.KeyJoints, 1e-6, "key21");
    }

    [Theory]
    [InlineData("left")]
    [InlineData("right")]
    public void The_surface_is_closed_and_its_faces_look_outward(string side)
    {
        HandRig rig = Rig(side);
        ReadOnlySpan<int> faces = rig.Surface.Faces;
        var edges = new Dictionary<(Vector3, Vector3), int>();
        double volume = 0;
        for (int f = 0; f < faces.Length; f += 3)
        {
            Vector3[] corners = [.. faces.Slice(f, 3).ToArray().Select(vertex => rig.RestVertices[vertex])];
            volume += Vector3.Dot(corners[0], Vector3.Cross(corners[1], corners[2])) / 6;
            for (int i = 0; i < 3; i++)
            {
                edges[(corners[i], corners[(i + 1) % 3])] = 1;
            }
        }

        Assert.Equal(343e-6, volume, 1e-6);
        Assert.All(edges.Keys, edge => Assert.Contains((edge.Item2, edge.Item1), edges));
        Assert.Equal(1159, rig.Surface.PointCount);
    }

    [Theory]
    [InlineData("left")]
    [InlineData("right")]
    public void Weights_sum_to_one_and_tip_bones_carry_none(string side)
    {
        HandRig rig = Rig(side);
        for (int v = 0; v < rig.Weights.Length; v++)
        {
            Assert.Equal(1, Vector4.Dot(rig.Weights[v], Vector4.One), 1e-6);
            for (int k = 0; k < HandRig.Influences; k++)
            {
                int bone = (int)(rig.BoneIndices[v] >> (8 * k)) & 255;
                Assert.True(rig.Weights[v][k] == 0 || !rig.BoneNames[bone].EndsWith("-tip", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Normals_are_unit_vectors_that_seam_vertices_share()
    {
        HandRig rig = HandRig.Right;
        var normals = new Vector3[rig.Surface.VertexCount];
        rig.Surface.Normals(rig.RestVertices, normals, new Vector3[rig.Surface.VertexCount]);
        var seen = new Dictionary<Vector3, Vector3>();
        for (int i = 0; i < normals.Length; i++)
        {
            Assert.Equal(1, normals[i].Length(), 1e-5);
            Assert.Equal(normals[i], seen.TryGetValue(rig.RestVertices[i], out Vector3 known) ? known : normals[i]);
            seen[rig.RestVertices[i]] = normals[i];
        }

        Assert.Equal(1159, seen.Count);
    }

    private static HandRig Rig(string side) => side == "left" ? HandRig.Left : HandRig.Right;

    private static Vector3[] Points(JsonElement rig, string name) =>
    [
        .. rig.GetProperty(name).EnumerateArray().Select(p => new Vector3(p[0].GetSingle(), p[1].GetSingle(), p[2].GetSingle())),
    ];
}
