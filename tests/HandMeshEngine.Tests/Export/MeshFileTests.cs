using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using HandMeshEngine.Export;

namespace HandMeshEngine.Tests.Export;

public sealed partial class MeshFileTests
{
    // Prints "ERRORS WARNINGS INFOS HINTS" and the messages.
    private const string ValidatorScript =
        "let v; try { v = require('gltf-validator') } catch { console.log('absent'); process.exit(0) }"
        + "v.validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[1]))).then(r => { const i = r.issues;"
        + "console.log(i.numErrors, i.numWarnings, i.numInfos, i.numHints, JSON.stringify(i.messages)) })";

    [Fact]
    public void A_glb_holds_every_hand_exactly()
    {
        HandMesh[] hands = TestHands.Pair();
        var file = new GlbFile(Bytes(MeshFormat.Glb, hands));
        for (int k = 0; k < hands.Length; k++)
        {
            var primitive = file.Primitives[k];
            var attributes = primitive.GetProperty("attributes");
            Assert.Equal(hands[k].Vertices, file.Read<Vector3>(attributes.GetProperty("POSITION")));
            Assert.Equal(hands[k].Normals, file.Read<Vector3>(attributes.GetProperty("NORMAL")));
            Assert.Equal([.. hands[k].Faces], file.Read<ushort>(primitive.GetProperty("indices")).ToArray().Select(i => (int)i));
        }
    }

    [Theory]
    [InlineData(MeshFormat.Glb)]
    [InlineData(MeshFormat.Obj)]
    [InlineData(MeshFormat.Ply)]
    public void A_hand_that_is_not_finite_is_refused_before_anything_is_written(MeshFormat format)
    {
        using var folder = new TemporaryFolder();
        HandMesh hand = TestHands.Unplaced();
        hand.Refill(hand.Surface)[7] = new Vector3(0, float.NaN, 1);

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => MeshFile.Save(folder.File("hand"), format, [hand]));

        Assert.Contains("hand 0 has vertices that are not finite", refusal.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_large_mesh_takes_32_bit_indices()
    {
        HandMesh hand = TestHands.Large();
        var file = new GlbFile(Bytes(MeshFormat.Glb, hand));

        Assert.Equal(hand.Faces, file.Read<int>(file.Primitives[0].GetProperty("indices")));
    }

    [Theory]
    [InlineData("pair")]
    [InlineData("unplaced")]
    [InlineData("large")]
    public void The_khronos_validator_finds_nothing_to_say_about_a_glb(string what)
    {
        using var folder = new TemporaryFolder();
        HandMesh[] hands = what switch
        {
            "pair" => TestHands.Pair(),
            "unplaced" => [TestHands.Unplaced()],
            _ => [TestHands.Large()],
        };
        MeshFile.Save(folder.File("hands.glb"), hands);
        (int exitCode, string output) = ExternalTool.Run("node", "-e", ValidatorScript, folder.File("hands.glb"));

        Assert.SkipWhen(output.StartsWith("absent", StringComparison.Ordinal), "needs the npm package gltf-validator: npm ci --ignore-scripts in tests/node, and NODE_PATH set to its node_modules");
        Assert.Equal((0, "0 0 0 0 []"), (exitCode, output.Trim()));
    }

    [Theory]
    [InlineData(MeshFormat.Glb, "hands.glb")]
    [InlineData(MeshFormat.Obj, "hands.obj")]
    [InlineData(MeshFormat.Ply, "hands.ply")]
    public void Another_program_opens_the_file_and_counts_the_same(MeshFormat format, string name)
    {
        using var folder = new TemporaryFolder();
        HandMesh[] hands = TestHands.Pair();
        MeshFile.Save(folder.File(name), format, hands);
        (int exitCode, string output) = ExternalTool.Run("assimp", "info", folder.File(name), "--raw");

        Assert.Equal(0, exitCode);
        Assert.Equal(2 * 2314, int.Parse(FaceCount().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
        int vertices = int.Parse(VertexCount().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        // Without indices of its own the OBJ importer makes a vertex of every corner.
        Assert.Equal(format == MeshFormat.Obj ? 3 * 2 * 2314 : 2 * 1360, vertices);
    }

    [Fact]
    public void An_obj_reads_back_exactly()
    {
        HandMesh[] hands = TestHands.Pair();
        string[] lines = Encoding.ASCII.GetString(Bytes(MeshFormat.Obj, hands)).Split('\n');
        Vector3[] vertices = Points(lines, "v ");
        int[] faces =
        [
            .. lines.Where(line => line.StartsWith("f ", StringComparison.Ordinal)).SelectMany(line => line[2..].Split(' '))
                .Select(corner => int.Parse(corner.Split("//")[0], CultureInfo.InvariantCulture) - 1),
        ];

        Assert.Equal([.. hands[0].Vertices, .. hands[1].Vertices], vertices);
        Assert.Equal([.. hands[0].Normals, .. hands[1].Normals], Points(lines, "vn "));
        Assert.Equal([.. hands[0].Faces, .. hands[1].Faces.ToArray().Select(i => i + 1360)], faces);
        Assert.Contains("o hand1_right", lines);
    }

    [Fact]
    public void A_ply_reads_back_exactly()
    {
        HandMesh[] hands = TestHands.Pair();
        byte[] bytes = Bytes(MeshFormat.Ply, hands);
        string header = Encoding.ASCII.GetString(bytes)[..(Encoding.ASCII.GetString(bytes).IndexOf("end_header\n", StringComparison.Ordinal) + 11)];
        Assert.Contains("element vertex 2720\n", header);
        Assert.Contains("element face 4628\n", header);
        ReadOnlySpan<byte> body = bytes.AsSpan(header.Length);

        ReadOnlySpan<Vector3> vertices = MemoryMarshal.Cast<byte, Vector3>(body[..(2720 * 24)]);
        Assert.Equal(hands[0].Vertices[7], vertices[14]);
        Assert.Equal(hands[1].Normals[9], vertices[(2 * (1360 + 9)) + 1]);
        ReadOnlySpan<byte> lastFace = body[^13..];
        Assert.Equal(3, lastFace[0]);
        Assert.Equal([.. hands[1].Faces[^3..].ToArray().Select(i => i + 1360)], MemoryMarshal.Cast<byte, int>(lastFace[1..]).ToArray());
        Assert.Equal((2720 * 24) + (4628 * 13), body.Length);
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        HandMesh[] hands = TestHands.Of("fist");
        byte[] expected = Bytes(MeshFormat.Obj, hands);
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, Bytes(MeshFormat.Obj, hands));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_unknown_extension_or_no_hand_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(".fbx", Assert.Throws<ArgumentException>(() => MeshFile.Save(folder.File("a.fbx"), TestHands.Pair())).Message);
        Assert.Contains("no hand", Assert.Throws<ArgumentException>(() => MeshFile.Save(folder.File("a.glb"), [])).Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_file_is_replaced_whole_and_leaves_no_temporary_behind()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("hands.ply"), "old");
        MeshFile.Save(folder.File("hands.ply"), TestHands.Pair());

        Assert.Equal(["hands.ply"], folder.Files);
        Assert.Equal(Bytes(MeshFormat.Ply, TestHands.Pair()), File.ReadAllBytes(folder.File("hands.ply")));
    }

    [Fact]
    public void A_write_that_fails_half_way_keeps_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.txt"), "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.File("a.txt"), 0, (stream, _) =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a.txt")));
        Assert.Equal(["a.txt"], folder.Files);
    }

    private static byte[] Bytes(MeshFormat format, params HandMesh[] hands)
    {
        using var stream = new MemoryStream();
        MeshFile.Write(stream, format, hands);
        return stream.ToArray();
    }

    private static Vector3[] Points(string[] lines, string keyword) =>
    [
        .. lines.Where(line => line.StartsWith(keyword, StringComparison.Ordinal))
            .Select(line => line[keyword.Length..].Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .Select(p => new Vector3(p)),
    ];

    [GeneratedRegex(@"Faces:\s+(\d+)")]
    private static partial Regex FaceCount();

    [GeneratedRegex(@"Vertices:\s+(\d+)")]
    private static partial Regex VertexCount();
}
