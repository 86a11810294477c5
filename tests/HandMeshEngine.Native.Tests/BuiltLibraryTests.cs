using HandMeshEngine.Export;

namespace HandMeshEngine.Native.Tests;

/// <summary>The library that NativeAOT made, in programs of their own.</summary>
public sealed partial class BuiltLibraryTests(BuiltLibrary library) : IClassFixture<BuiltLibrary>
{
    private const string Tests = "tests/HandMeshEngine.Native.Tests/Programs/";

    [Fact]
    public void The_sample_in_C_writes_the_bytes_that_CSharp_writes()
    {
        string program = library.Compile("clang", "bindings/c/photo_to_mesh.c", "-std=c11");
        string output = BuiltLibrary.Run(program, [Workspace.Photo, library["c.glb"]]);

        Assert.Contains("left hand, wrist at (", output);
        Assert.Equal(Expected(), File.ReadAllBytes(library["c.glb"]));
    }

    [Fact]
    public void An_older_processor_gets_the_build_that_it_runs()
    {
        string program = library.Compile("clang", "bindings/c/photo_to_mesh.c", "-std=c11");
        string output = BuiltLibrary.Run(program, [Workspace.Photo, library["v2.glb"]], ("HANDMESH_BUILD", "v2"));
        Assert.Contains("128-bit vectors", output);
        Assert.Equal(System.Runtime.Intrinsics.X86.Avx2.IsSupported, output.Contains("compiled ahead of time without AVX2", StringComparison.Ordinal));
        Assert.SkipUnless(OtherProgram.Run("qemu-x86_64-static", ["--version"]).ExitCode == 0, "needs qemu-x86_64-static (Debian: qemu-user-static)");

        Assert.Contains("128-bit vectors", BuiltLibrary.Run("qemu-x86_64-static", ["-cpu", "Nehalem", program, Workspace.Photo, library["qemu.glb"]]));
        Assert.Equal(File.ReadAllBytes(library["v2.glb"]), File.ReadAllBytes(library["qemu.glb"]));
    }

    [Fact]
    public void A_processor_that_runs_no_build_is_refused_in_a_sentence()
    {
        string program = library.Compile("clang", "bindings/c/photo_to_mesh.c", "-std=c11");
        Assert.SkipUnless(OtherProgram.Run("qemu-x86_64-static", ["--version"]).ExitCode == 0, "needs qemu-x86_64-static (Debian: qemu-user-static)");
        (int exitCode, string output) = OtherProgram.Run("qemu-x86_64-static", ["-cpu", "core2duo", program, Workspace.Photo, library["old.glb"]]);

        Assert.Equal(1, exitCode);
        Assert.Contains("this processor lacks SSE4.2 or POPCNT, and no build of libhandmesh runs without them", output);
    }

    [Fact]
    public void A_build_that_does_not_exist_or_is_not_there_is_refused_in_a_sentence()
    {
        string program = library.Compile("clang", "bindings/c/photo_to_mesh.c", "-std=c11");
        (int exitCode, string output) = OtherProgram.Run(program, [Workspace.Photo, library["no.glb"]], null, ("HANDMESH_BUILD", "v9"));
        Assert.Equal(1, exitCode);
        Assert.Contains("HANDMESH_BUILD asks for the build 'v9', which this processor cannot run or which does not exist", output);

        string alone = Directory.CreateDirectory(library["alone"]).FullName;
        File.Copy(Path.Combine(library.Folder, "lib", "libhandmesh.so"), Path.Combine(alone, "libhandmesh.so"), overwrite: true);
        (exitCode, output) = OtherProgram.Run(program, [Workspace.Photo, library["no.glb"]], null, ("LD_PRELOAD", Path.Combine(alone, "libhandmesh.so")));
        Assert.Equal(1, exitCode);
        Assert.Contains("cannot open shared object file", output);
    }

    [Fact]
    public void The_loader_exports_the_functions_of_the_header_and_nothing_else()
    {
        Assert.SkipWhen(library.Missing is not null, library.Missing ?? string.Empty);
        string output = BuiltLibrary.Run("nm", ["-D", "--defined-only", Path.Combine(library.Folder, "lib", "libhandmesh.so")]);
        Assert.Equal(Header.Functions.Keys.Order(StringComparer.Ordinal), Exported().Matches(output).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_hundred_thousand_wrong_calls_get_codes()
    {
        string program = library.Compile("clang", Tests + "fuzz.c", "-std=c11");
        string output = BuiltLibrary.Run(program, ["100000", "1"]);
        Assert.Contains("100000 calls:", output);
        Assert.EndsWith("; then code 0\n", output);
    }

    [Fact]
    public void Predictions_leave_no_memory_behind()
    {
        string program = library.Compile("clang", Tests + "soak.c", "-std=c11");
        string output = BuiltLibrary.Run(program, [Workspace.Photo, "1", "1000"]);
        Match grown = Grown().Match(output);
        Assert.True(grown.Success, output);
        Assert.True(int.Parse(grown.Groups[1].Value, CultureInfo.InvariantCulture) < 2048, output);
    }

    private static byte[] Expected()
    {
        RgbImage photo = RgbImage.Load(Workspace.Photo);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        using var stream = new MemoryStream();
        MeshFile.Write(stream, MeshFormat.Glb, estimator.Predict(photo.View, Camera.FromExif(photo) ?? Camera.Guess(photo.Width, photo.Height)));
        return stream.ToArray();
    }

    [GeneratedRegex(@" [TDBA] (\w+)")]
    private static partial Regex Exported();

    [GeneratedRegex(@"1000 predictions: resident memory grew by (-?\d+) KiB")]
    private static partial Regex Grown();
}
