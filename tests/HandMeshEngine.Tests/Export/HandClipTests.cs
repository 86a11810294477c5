using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HandMeshEngine.Export;

namespace HandMeshEngine.Tests.Export;

public sealed class HandClipTests
{
    private const double Tenth = 0.0001; // of a millimetre

    private static readonly string _node = Path.Combine(CaseFolders.Repository!, "tests", "node");

    [Fact]
    public void Another_program_plays_the_skinned_clip_within_a_tenth_of_a_millimetre()
    {
        using var folder = new TemporaryFolder();
        (double Seconds, HandMesh[] Hands)[] frames = Frames();
        Clip(frames).Save(folder.File("clip.glb"));

        Dictionary<string, Vector3[]>[] played = Play(folder.File("clip.glb"), frames.Select(frame => frame.Seconds - frames[0].Seconds));
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.Equal(frames[i].Hands.Length, played[i].Count);
            foreach (HandMesh hand in frames[i].Hands)
            {
                Same(hand, played[i][$"hand{hand.Id}_{hand.Handedness.ToString().ToLowerInvariant()}-mesh"]);
            }
        }
    }

    [Fact]
    public void A_mesh_that_is_not_the_rigs_is_played_frame_by_frame()
    {
        using var folder = new TemporaryFolder();
        HandMesh[] hands = [Foreign("pointing"), Foreign("fist"), Foreign("hook")];
        (double, HandMesh[])[] frames = [(3, [hands[0]]), (3.5, []), (4, [hands[1]]), (4.25, [hands[2]])];
        Clip(frames).Save(folder.File("clip.glb"));

        Dictionary<string, Vector3[]>[] played = Play(folder.File("clip.glb"), [0, 0.5, 1, 1.25]);
        Assert.Equal([1, 0, 1, 1], played.Select(meshes => meshes.Count));
        Same(hands[0], Assert.Single(played[0]).Value);
        Same(hands[1], Assert.Single(played[2]).Value);
        Same(hands[2], Assert.Single(played[3]).Value);
    }

    [Fact]
    public void Between_two_frames_a_hand_is_between_them()
    {
        using var folder = new TemporaryFolder();
        HandMesh a = TestHands.Of("rendered-0")[0], b = TestHands.Of("rendered-0")[0];
        a.Id = b.Id = 4;
        foreach (ref Vector3 joint in b.WritableJoints)
        {
            joint += new Vector3(0.1f, 0, 0);
        }

        Clip([(0, [a]), (1, [b])]).Save(folder.File("clip.glb"));
        Vector3[] middle = Assert.Single(Play(folder.File("clip.glb"), [0.5])[0]).Value;
        for (int v = 0; v < middle.Length; v++)
        {
            Vector3 expected = a.Vertices[v] + new Vector3(0.05f, 0, 0);
            Assert.True(Vector3.Distance(new Vector3(expected.X, -expected.Y, -expected.Z), middle[v]) < Tenth, $"vertex {v}");
        }
    }

    [Theory]
    [InlineData("video")]
    [InlineData("photo")]
    [InlineData("foreign")]
    public void The_khronos_validator_finds_nothing_to_say(string what)
    {
        using var folder = new TemporaryFolder();
        HandClip clip = what switch
        {
            "video" => Clip(Frames()),
            "photo" => Clip([(0, TestHands.Pair())]),
            _ => Clip([(0, [Foreign("pointing")]), (0.1, [Foreign("fist")])]),
        };
        clip.Save(folder.File("clip.glb"));
        const string script =
            "let v; try { v = require('gltf-validator') } catch { console.log('absent'); process.exit(0) }"
            + "v.validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[1]))).then(r => { const i = r.issues;"
            + "console.log(i.numErrors, i.numWarnings, i.numInfos, i.numHints, JSON.stringify(i.messages)) })";
        (int exitCode, string output) = ExternalTool.Run("node", "-e", script, folder.File("clip.glb"));

        Assert.SkipWhen(output.StartsWith("absent", StringComparison.Ordinal), "needs the npm package gltf-validator: npm ci --ignore-scripts in tests/node, and NODE_PATH set to its node_modules");
        // Joints without skin or children are worth a remark to it.
        Assert.StartsWith(what == "foreign" ? "0 0 5 0 [{\"code\":\"NODE_EMPTY\"" : "0 0 0 0 []", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void Assimp_finds_the_bones_and_the_animation()
    {
        using var folder = new TemporaryFolder();
        Clip(Frames()).Save(folder.File("clip.glb"));
        (int exitCode, string output) = ExternalTool.Run("assimp", "info", folder.File("clip.glb"), "--raw");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"Animations:\s+1\b", output);
        Assert.Matches(@"Bones:\s+[1-9]", output);
        Assert.Contains("index-finger-phalanx-proximal", output);
    }

    [Fact]
    public void Times_that_do_not_increase_and_clips_without_hands_are_refused()
    {
        using var folder = new TemporaryFolder();
        var clip = new HandClip();
        clip.Add(1, []);

        Assert.True(clip.IsEmpty);
        Assert.Contains("times must increase", Assert.Throws<ArgumentException>(() => clip.Add(1, [])).Message);
        Assert.Contains("times must increase", Assert.Throws<ArgumentException>(() => clip.Add(double.NaN, [])).Message);
        Assert.Contains("no frame", Assert.Throws<ArgumentException>(() => clip.Save(folder.File("a.glb"))).Message);
        Assert.Empty(folder.Files);
    }

    // Two hands that come and go; one id takes the other side, which is another skin.
    private static (double Seconds, HandMesh[] Hands)[] Frames()
    {
        HandMesh With(string name, int id)
        {
            HandMesh hand = TestHands.Of(name)[0];
            hand.Id = id;
            return hand;
        }

        return
        [
            (10.00, [With("pointing", 0)]),
            (10.25, [With("fist", 0), With("rendered-0", 1)]),
            (10.50, []),
            (10.75, [With("hook", 0), With("rendered-1", 1)]),
            (11.00, [With("rendered-0", 1)]),
        ];
    }

    private static HandClip Clip(IEnumerable<(double Seconds, HandMesh[] Hands)> frames)
    {
        var clip = new HandClip();
        foreach ((double seconds, HandMesh[] hands) in frames)
        {
            clip.Add(seconds, hands);
        }

        return clip;
    }

    // The same shape with faces of its own: the mesh of another system.
    private static HandMesh Foreign(string name)
    {
        HandMesh hand = TestHands.Of(name)[0];
        var surface = new MeshSurface(hand.Vertices.Length, hand.Faces);
        var other = new HandMesh(surface) { Handedness = hand.Handedness, Id = 7 };
        hand.Vertices.CopyTo(other.Refill(surface));
        hand.Joints.CopyTo(other.WritableJoints);
        return other;
    }

    // glTF's axes are the camera's turned by half about x.
    private static void Same(HandMesh hand, Vector3[] played)
    {
        Assert.Equal(hand.Vertices.Length, played.Length);
        for (int v = 0; v < played.Length; v++)
        {
            Vector3 expected = hand.Vertices[v];
            double distance = Vector3.Distance(new Vector3(expected.X, -expected.Y, -expected.Z), played[v]);
            Assert.True(distance < Tenth, $"vertex {v} is {1000 * distance} mm off");
        }
    }

    private static Dictionary<string, Vector3[]>[] Play(string file, IEnumerable<double> seconds)
    {
        (int exitCode, string output) = ExternalTool.Run(
            "node", [Path.Combine(_node, "play-clip.mjs"), file, .. seconds.Select(time => time.ToString(CultureInfo.InvariantCulture))]);
        Assert.SkipWhen(output.StartsWith("absent", StringComparison.Ordinal), "needs the npm package three: npm ci --ignore-scripts in tests/node");
        Assert.True(exitCode == 0, output);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("meshes").EnumerateArray()
                .ToDictionary(
                    mesh => mesh.GetProperty("name").GetString()!,
                    mesh => MemoryMarshal.Cast<byte, Vector3>(mesh.GetProperty("points").GetBytesFromBase64()).ToArray())),
        ];
    }
}
