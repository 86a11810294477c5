namespace HandMeshEngine.Cli.Tests;

public sealed class PredictTests
{
    private static NetworkSystem MobRecon => (NetworkSystem)HandSystems.Find("mobrecon");

    [Fact]
    public void A_photo_becomes_meshes_json_and_a_picture()
    {
        using var work = new Workspace();
        (int exitCode, string output, string errors) = CommandRunner.Run(
            "predict", Workspace.Photo, "--device", "cpu", "--out", work["new/folder"], "--format", "glb,obj,ply,json");

        Assert.True(exitCode == 0, errors);
        foreach (string ending in new[] { ".glb", ".obj", ".ply", ".hands.json", ".overlay.png" })
        {
            Assert.True(new FileInfo(work["new/folder/pointing" + ending]).Length > 1000, ending);
        }

        Assert.Equal(5, Directory.GetFiles(work["new/folder"]).Length);
        Assert.Contains("left", output);
        Assert.Contains("guessed", output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(work["new/folder/pointing.hands.json"]));
        Assert.Equal("guess", json.RootElement.GetProperty("camera").GetProperty("source").GetString());
        JsonElement hand = Assert.Single(json.RootElement.GetProperty("hands").EnumerateArray().ToArray());
        Assert.Equal("left", hand.GetProperty("handedness").GetString());
        Assert.Equal(21, hand.GetProperty("joints").GetArrayLength());
        Assert.Equal(1360, hand.GetProperty("vertexCount").GetInt32());
    }

    [Fact]
    public void A_folder_gives_results_for_each_image_and_a_camera_that_was_given()
    {
        using var work = new Workspace();
        (int exitCode, _, string errors) = CommandRunner.Run(
            "predict", Path.GetDirectoryName(Workspace.Photo)!, "--device", "cpu", "--out", work.Folder, "--format", "json", "--no-overlay", "--camera", "600,600,240,320");
        Assert.True(exitCode == 0, errors);
        Assert.Equal(["fist.hands.json", "hook.hands.json", "pointing.hands.json"], Directory.GetFiles(work.Folder).Select(Path.GetFileName).Order());
        Assert.Contains("\"source\": \"given\"", File.ReadAllText(work["fist.hands.json"]));
    }

    [Fact]
    public void A_sequence_keeps_the_id_of_a_hand_and_writes_a_line_a_frame()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["clip"]);
        for (int frame = 0; frame < 3; frame++)
        {
            File.Copy(Workspace.Photo, work[$"clip/{frame}.jpg"]);
        }

        (int exitCode, _, string errors) = CommandRunner.Run(
            "predict", "--sequence", work["clip"], "--device", "cpu", "--out", work["out"], "--no-overlay");
        Assert.True(exitCode == 0, errors);
        string[] lines = File.ReadAllLines(work["out/clip.jsonl"]);
        Assert.Equal(3, lines.Length);
        int[] ids = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("hands")[0].GetProperty("id").GetInt32())];
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void A_calibration_file_gives_the_camera_and_its_lens()
    {
        using var work = new Workspace();
        File.WriteAllText(work["camera.yaml"], """
            %YAML:1.0
            image_width: 480
            image_height: 640
            camera_matrix: !!opencv-matrix
               rows: 3
               cols: 3
               dt: d
               data: [ 640., 0., 239.5, 0., 640., 319.5, 0., 0., 1. ]
            dist_coeffs: [ 0.05, 0.01, 0., 0. ]
            """);
        string[] line = ["predict", Workspace.Photo, "--device", "cpu", "--out", work["out"], "--format", "json", "--no-overlay", "--camera-file"];
        (int exitCode, string output, string errors) = CommandRunner.Run([.. line, work["camera.yaml"]]);

        Assert.Equal(0, exitCode);
        Assert.Contains("brown-conrady 0.05 0.01 0 0", output);
        Assert.Contains("--lens fisheye", errors);
        File.WriteAllText(work["camera.yaml"], File.ReadAllText(work["camera.yaml"]).Replace("480", "481", StringComparison.Ordinal));
        (exitCode, _, errors) = CommandRunner.Run([.. line, work["camera.yaml"]]);
        Assert.Equal(2, exitCode);
        Assert.Contains("481x640", errors);
    }

    [Fact]
    public void A_system_that_needs_the_camera_asks_for_it_and_takes_a_guess_only_when_told()
    {
        using var work = new Workspace();
        TensorMap weights = MobRecon.Drawn(null, "1", MobRecon.SyntheticTables());
        weights.Metadata["handmesh.system"] = "mobrecon"; // and no mark that they are stand-ins
        SafetensorsFile.Write(work["mobrecon.safetensors"], weights);
        string[] line = ["predict", Workspace.Photo, "--system", "mobrecon", "--weights", work["mobrecon.safetensors"], "--device", "cpu", "--out", work["out"], "--no-overlay"];
        (int exitCode, _, string errors) = CommandRunner.Run(line);
        Assert.Equal(2, exitCode);
        Assert.Contains("give --camera fx,fy,cx,cy, --fov DEG or --camera-file FILE", errors);
        Assert.Equal(0, CommandRunner.Run([.. line, "--camera", "guess"]).ExitCode);
        Assert.Equal(0, CommandRunner.Run([.. line, "--fov", "60"]).ExitCode);
    }

    [Theory]
    [InlineData("mobrecon")]
    [InlineData("inceptiongraph")]
    [InlineData("pixelaligned")]
    public void A_system_with_stand_in_weights_runs_from_a_photo_and_says_what_they_are(string system)
    {
        using var work = new Workspace();
        (int exitCode, _, string errors) = CommandRunner.Run(
            "predict", Workspace.Photo, "--system", system, "--weights", "random:1", "--device", "cpu", "--out", work["out"]);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("stand-in weights", errors);
        Assert.True(File.Exists(work["out/pointing.glb"]));
    }

    [Fact]
    public void A_picture_without_a_hand_is_answered_with_no()
    {
        using var work = new Workspace();
        var grey = new Images.RgbImage(320, 240);
        grey.Pixels.Fill(128);
        Images.PngFile.Save(work["grey.png"], grey);
        (int exitCode, _, string errors) = CommandRunner.Run("predict", work["grey.png"], "--device", "cpu", "--out", work["out"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("no hand found", errors);
        Assert.Empty(Directory.GetFiles(work["out"]));
    }

    [Theory]
    [InlineData(3, "there is no such file or folder", "nowhere.jpg")]
    [InlineData(2, "is no system; the systems are mediapipe-hand", "{photo}", "--system", "nothing")]
    [InlineData(2, "is no device; use auto, cpu, cuda, cuda:N or reference", "{photo}", "--device", "tpu")]
    [InlineData(2, "the focal lengths (NaN, 5) must be finite", "{photo}", "--camera", "NaN,5,1,1")]
    [InlineData(2, "the focal lengths (0, 5) must be finite", "{photo}", "--camera", "0,5,1,1")]
    [InlineData(2, "has 3 numbers, it takes 4", "{photo}", "--camera", "1,2,3")]
    [InlineData(2, "give --camera-file", "{photo}", "--rectified")]
    [InlineData(2, "not several", "{photo}", "--camera-file", "k.yaml", "--fov", "60")]
    [InlineData(3, "nowhere.yaml", "{photo}", "--camera-file", "nowhere.yaml")]
    [InlineData(2, "lies outside the image; give a box inside the 480x640 image", "{photo}", "--box", "1000,1000,50,50")]
    [InlineData(2, "is empty", "{photo}", "--box", "10,10,0,50")]
    [InlineData(2, "give --camera or --fov, not both", "{photo}", "--fov", "60", "--camera", "1,1,1,1")]
    [InlineData(2, "--format gltf is none of glb, obj, ply, json", "{photo}", "--format", "gltf")]
    [InlineData(3, "handdgp", "{photo}", "--system", "handdgp")]
    [InlineData(2, "--nonsense is no option; see handmesh predict --help", "{photo}", "--nonsense")]
    [InlineData(3, "--nonsense: there is no such file", "--", "--nonsense")]
    [InlineData(2, "--threads 10000 must be 0 (one for each core) to 256", "{photo}", "--threads", "10000")]
    [InlineData(2, "--threads many is not a whole number; see handmesh predict --help", "{photo}", "--threads", "many")]
    [InlineData(2, "--fov wide is not a number; see", "{photo}", "--fov", "wide")]
    [InlineData(2, "MaxHands is 2000000000; it must be 1 to 100", "{photo}", "--max-hands", "2000000000")]
    [InlineData(2, "the focal lengths (1E+300, 5) must be finite numbers from 0.001 to 100000000", "{photo}", "--camera", "1e300,5,1,1")]
    [InlineData(2, "the principal point (1, 1E+300) must be finite", "{photo}", "--camera", "5,5,1,1e300")]
    [InlineData(2, "the hand size of 1E-300 m must be a number from 0.001 to 1000", "{photo}", "--hand-size", "1e-300", "--device", "cpu")]
    [InlineData(2, "ships with its weights and has no stand-ins", "{photo}", "--weights", "random:1")]
    [InlineData(2, "--format names none of glb, obj, ply, json", "{photo}", "--format", ",")]
    [InlineData(3, "--sequence takes folders of frames, lists and videos, and this is none", "{photo}", "--sequence", "--hand", "left")]
    [InlineData(2, "no image is given; name files or folders, --list FILE, or - for a pipe")]
    [InlineData(2, "--list names the images; leave", "{photo}", "--list", "images.jsonl")]
    [InlineData(3, "images.jsonl: there is no such file", "--list", "images.jsonl")]
    [InlineData(2, "--shard 3/2 is no part of a whole", "{photo}", "--shard", "3/2")]
    [InlineData(2, "--raw is about a pipe", "{photo}", "--raw", "4x4:gray")]
    [InlineData(2, "--orientation 45 is none of 0, 90, 180, 270", "{photo}", "--orientation", "45")]
    [InlineData(2, "give --overlay or --no-overlay, not both", "{photo}", "--overlay", "--no-overlay")]
    [InlineData(2, "--overlay-video x.y4m takes one video", "{photo}", "--overlay-video", "x.y4m")]
    [InlineData(3, "w.safetensors: the file cannot be opened (there is no such file; check the path)", "{photo}", "--weights", "w.safetensors")]
    public void Bad_arguments_get_one_sentence_and_write_nothing(int expected, string words, params string[] args)
    {
        using var work = new Workspace();
        string[] line = ["predict", "--out", work["out"], .. args.Select(arg => arg.Replace("{photo}", Workspace.Photo))];
        (int exitCode, string output, string errors) = CommandRunner.Run(line);
        Assert.Single(errors.TrimEnd().Split('\n'), sentence => !sentence.StartsWith("handmesh: note: ", StringComparison.Ordinal));
        Assert.True(expected == exitCode, $"exit code {exitCode}: {errors}");
        Assert.Contains(words, errors);
        Assert.Empty(output);
        Assert.True(!Directory.Exists(work["out"]) || Directory.GetFiles(work["out"]).Length == 0);
    }

    [Theory]
    [InlineData("empty.jpg", new byte[0])]
    [InlineData("text.jpg", new byte[] { 104, 101, 108, 108, 111, 32, 119, 111, 114, 108, 100 })]
    [InlineData("start.jpg", new byte[] { 0xff, 0xd8, 0xff })]
    public void Files_that_are_no_images_are_named(string name, byte[] content)
    {
        using var work = new Workspace();
        File.WriteAllBytes(work[name], content);
        (int exitCode, _, string errors) = CommandRunner.Run("predict", work[name], "--device", "cpu", "--out", work["out"]);
        Assert.Equal(3, exitCode);
        Assert.Contains(name, errors);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Weights_of_another_kind_are_refused_by_name()
    {
        using var work = new Workspace();
        File.WriteAllText(work["w.safetensors"], "not weights");
        (int exitCode, _, string errors) = CommandRunner.Run(
            "predict", Workspace.Photo, "--weights", work["w.safetensors"], "--out", work["out"]);
        Assert.Equal(3, exitCode);
        Assert.Contains("w.safetensors", errors);
    }

    [Fact]
    public void Weights_that_contradict_each_other_are_refused_by_file_and_tensor()
    {
        using var work = new Workspace();
        TensorMap weights = MobRecon.Drawn(null, "1", MobRecon.SyntheticTables());
        weights.Metadata["handmesh.system"] = "mobrecon";
        weights["faces"].Span<int>()[0] = 778;
        SafetensorsFile.Write(work["w.safetensors"], weights);
        (int exitCode, _, string errors) = CommandRunner.Run(
            "predict", Workspace.Photo, "--system", "mobrecon", "--weights", work["w.safetensors"], "--device", "cpu", "--out", work["out"]);
        Assert.Equal(3, exitCode);
        Assert.Contains("w.safetensors: the table 'faces': a face names vertex 778 of a mesh with 778 vertices", errors);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_named()
    {
        using var work = new Workspace();
        File.WriteAllText(work["file"], "in the way");
        (int exitCode, _, string errors) = CommandRunner.Run("predict", Workspace.Photo, "--out", work["file"]);
        Assert.Equal(4, exitCode);
        Assert.Contains("nothing can be written there", errors);
    }

    [Fact]
    public void Two_inputs_of_one_name_are_refused_before_any_work()
    {
        using var work = new Workspace();
        File.Copy(Workspace.Photo, work["pointing.jpg"]);
        (int exitCode, _, string errors) = CommandRunner.Run("predict", Workspace.Photo, work["pointing.jpg"], "--out", work["out"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("two inputs are called pointing", errors);
    }
}
