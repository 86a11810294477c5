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
    public void The_sample_in_Cpp_builds_with_CMake_and_writes_the_same_bytes()
    {
        Assert.SkipWhen(library.Missing is not null, library.Missing ?? string.Empty);
        Assert.SkipUnless(OtherProgram.Run("cmake", ["--version"]).ExitCode == 0, "needs cmake (Debian: cmake)");
        string build = library["cmake"];
        BuiltLibrary.Run("cmake", ["-S", "bindings/cpp", "-B", build, $"-DCMAKE_PREFIX_PATH={library.Folder}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror"]);
        BuiltLibrary.Run("cmake", ["--build", build]);
        Assert.Contains("left hand, wrist at (", BuiltLibrary.Run(Path.Combine(build, "photo_to_mesh"), [Workspace.Photo, library["cpp.glb"]]));
        Assert.Equal(Expected(), File.ReadAllBytes(library["cpp.glb"]));
    }

    [Fact]
    public void Programs_in_Cpp_build_with_pkg_config_and_without_exceptions()
    {
        Assert.SkipWhen(library.Missing is not null, library.Missing ?? string.Empty);
        Assert.SkipUnless(OtherProgram.Run("pkg-config", ["--version"]).ExitCode == 0, "needs pkg-config (Debian: pkg-config)");
        string flags = BuiltLibrary.Run("pkg-config", ["--cflags", "handmesh"], ("PKG_CONFIG_PATH", Path.Combine(library.Folder, "lib", "pkgconfig")));
        File.WriteAllText(library["quiet.cpp"], "#include <handmesh.hpp>\nint main() { handmesh::Estimator estimator; return estimator ? 0 : 1; }\n");
        BuiltLibrary.Run("clang++", [.. flags.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), "-std=c++17", "-fno-exceptions", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", library["quiet.cpp"]]);
    }

    [Fact]
    public void The_Python_package_and_the_ROS_example_give_the_same_hands()
    {
        Assert.SkipWhen(library.Missing is not null, library.Missing ?? string.Empty);
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(OtherProgram.Run(python, ["-c", "import numpy"]).ExitCode == 0, "needs python3 with numpy (Debian: python3-numpy)");
        (string, string) path = ("PYTHONPATH", $"{Path.Combine(library.Folder, "python")}:{Path.Combine(Workspace.Repository, "bindings", "ros2")}"), clean = ("PYTHONDONTWRITEBYTECODE", "1");
        BuiltLibrary.Run(python, [Path.Combine(library.Folder, "python", "examples", "photo_to_mesh.py"), Workspace.Photo, library["python.glb"], library["python.png"]], path, clean);
        Assert.Equal(Expected(), File.ReadAllBytes(library["python.glb"]));
        Assert.True(new FileInfo(library["python.png"]).Length > 10_000);

        Directory.CreateDirectory(library["messages"]);
        Assert.Contains("python ok", BuiltLibrary.Run(python, [Tests + "python_binding.py", Workspace.Photo, library["messages"]], path, clean));
        string states = BuiltLibrary.Run(python, ["-m", "handmesh_ros2.cdr", library["messages/image.cdr"], library["messages/camera_info.cdr"]], path, clean);
        Assert.Contains("camera at 1700000000.000000005: joint state of ", states);
        Assert.Equal(15, Regex.Count(states, @"^  left_\w+_[123] \d\.\d{3}$", RegexOptions.Multiline));
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
