namespace HandMeshEngine.Native.Tests;

/// <summary>The native library as <c>tools/build-native</c> makes it, once for all tests; or why it cannot be made here.</summary>
public sealed class BuiltLibrary : IDisposable
{
    private readonly Workspace _work = new();

    public BuiltLibrary()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Missing = "the builds for several processors are made on x86-64 Linux";
            return;
        }

        if (OtherProgram.Run("clang", ["--version"]).ExitCode != 0 || !File.Exists("/usr/include/zlib.h"))
        {
            Missing = "NativeAOT links with clang and zlib (Debian: clang, zlib1g-dev)";
            return;
        }

        // The widest that this processor runs and the narrowest: each takes the compiler half a minute.
        string widest = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "v4" : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? "v3" : "v2";
        string[] variants = widest == "v2" ? ["--variant", "v2"] : ["--variant", widest, "--variant", "v2"];
        (int exitCode, string output) = OtherProgram.Run(
            Path.Combine(Workspace.Repository, "tools", "build-native"), ["--to", Folder, .. variants], Workspace.Repository);
        if (exitCode != 0 && NotServed(output))
        {
            Missing = "the package registry does not serve the compiler of NativeAOT";
            return;
        }

        Assert.True(exitCode == 0, output);
    }

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Missing { get; }

    /// <summary>What was built.</summary>
    public string Folder => _work["native"];

    /// <summary>A file or folder of the tests.</summary>
    public string this[string name] => _work[name];

    public void Dispose() => _work.Dispose();

    /// <summary>Compiles a program against the built library.</summary>
    public string Compile(string compiler, string source, params string[] arguments)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
        string program = _work[Path.GetFileNameWithoutExtension(source)];
        (int exitCode, string output) = OtherProgram.Run(
            compiler,
            [
                .. arguments, "-O1", "-Wall", "-Wextra", "-Werror", "-I", Path.Combine(Folder, "include"), Path.Combine(Workspace.Repository, source),
                "-L", Path.Combine(Folder, "lib"), "-lhandmesh", $"-Wl,-rpath,{Path.Combine(Folder, "lib")}", "-lpthread", "-o", program,
            ]);
        Assert.True(exitCode == 0, output);
        return program;
    }

    /// <summary>Runs a program to its good end.</summary>
    public static string Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        (int exitCode, string output) = OtherProgram.Run(program, arguments, Workspace.Repository, environment);
        Assert.True(exitCode == 0, $"{program}: exit code {exitCode}\n{output}");
        return output;
    }

    private static bool NotServed(string output) =>
        output.Contains("NU1101", StringComparison.Ordinal) || output.Contains("NU1102", StringComparison.Ordinal) || output.Contains("NU1301", StringComparison.Ordinal);
}
