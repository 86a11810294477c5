using System.Diagnostics.CodeAnalysis;

namespace HandMeshEngine.Cuda.Compilation;

/// <summary>NVRTC, the run-time compiler. Needs neither a GPU nor a driver. Thread-safe; it compiles one program at a time.</summary>
public sealed unsafe class Nvrtc
{
    private const int OutOfMemory = 1;
    private const int BuiltinFailure = 7;

    private readonly Lock _gate = new();
    private readonly NvrtcTable _table;

    private Nvrtc(in NvrtcTable table, string path)
    {
        _table = table;
        Path = path;
        int major, minor, count;
        Check(_table.Version(&major, &minor), "nvrtcVersion");
        Version = (1000 * major) + (10 * minor);
        LoadBuiltins(path, major, minor);
        Check(_table.GetNumSupportedArchs(&count), "nvrtcGetNumSupportedArchs");
        int[] architectures = new int[count];
        fixed (int* first = architectures)
        {
            Check(_table.GetSupportedArchs(first), "nvrtcGetSupportedArchs");
        }

        Architectures = architectures;
    }

    /// <summary>The library's file.</summary>
    public string Path { get; }

    /// <summary>Its version: 1000 * major + 10 * minor.</summary>
    public int Version { get; }

    /// <summary>Its version as people write it, such as "12.4".</summary>
    public string VersionText => CudaDriver.VersionText(Version);

    /// <summary>The architectures it compiles for, ascending: 86 for sm_86.</summary>
    public IReadOnlyList<int> Architectures { get; }

    /// <summary>Finds the NVRTC of this machine. Never throws: none is a normal state.</summary>
    /// <param name="driver">The driver its code is for, or null: code of a newer major version than the driver's is of no use.</param>
    /// <param name="nvrtc">The compiler.</param>
    /// <param name="reason">Why there is none: a sentence without its full stop.</param>
    public static bool TryFind(CudaDriver? driver, [NotNullWhen(true)] out Nvrtc? nvrtc, [NotNullWhen(false)] out string? reason) =>
        TryLoad(NativeLibraries.NvrtcCandidates(), driver is null || driver.LoadsPtx ? int.MaxValue : driver.Version, out nvrtc, out reason);

    /// <summary>
    /// Where <see cref="TryFind"/> looks: the names that the system's loader is asked for, then the folders. With a choice in the environment, only that.
    /// </summary>
    public static IReadOnlyList<string> SearchedPlaces() =>
        EnvironmentVariables.Read(EnvironmentVariables.Nvrtc) is not null
            ? NativeLibraries.NvrtcCandidates()
            : [.. NativeLibraries.NvrtcNames, .. NativeLibraries.NvrtcFolders()];

    /// <summary>Opens the NVRTC in a file or folder.</summary>
    /// <exception cref="CudaException">There is none (<see cref="CudaErrorKind.Absent"/>).</exception>
    public static Nvrtc Open(string path) =>
        TryLoad(NativeLibraries.NvrtcInside(path), int.MaxValue, out Nvrtc? nvrtc, out string? reason)
            ? nvrtc
            : throw new CudaException(CudaErrorKind.Absent, reason + ".");

    /// <summary>Compiles a program.</summary>
    /// <exception cref="CudaException">It does not compile (<see cref="CudaErrorKind.Variant"/>); the message holds NVRTC's log.</exception>
    public KernelImage Compile(KernelProgram program, KernelTarget target)
    {
        List<string> options = ["--std=c++17", $"--gpu-architecture={target.Architecture}", .. program.Options];
        if (target.Kind == KernelImageKind.Ptx)
        {
            options.Add("--generate-line-info");
        }

        using NativeStrings texts = new(program.Source, program.Name + ".cu");
        using NativeStrings headers = new(program.Headers.Select(header => header.Value));
        using NativeStrings headerNames = new(program.Headers.Select(header => header.Key));
        using NativeStrings arguments = new(options);
        lock (_gate)
        {
            nint handle;
            Check(
                _table.CreateProgram(&handle, texts[0], texts[1], program.Headers.Count, headers.Pointers, headerNames.Pointers),
                "nvrtcCreateProgram");
            try
            {
                int result = _table.CompileProgram(handle, options.Count, arguments.Pointers);
                string log = Encoding.UTF8.GetString(Read(handle, _table.GetProgramLogSize, _table.GetProgramLog, "nvrtcGetProgramLog"));
                log = log.TrimEnd('\0').Trim();
                if (result != 0)
                {
                    throw Error(result, "nvrtcCompileProgram", $"program {program.Name} for {target}:\n{log}");
                }

                byte[] image = target.Kind == KernelImageKind.Cubin
                    ? Read(handle, _table.GetCubinSize, _table.GetCubin, "nvrtcGetCUBIN")
                    : Read(handle, _table.GetPtxSize, _table.GetPtx, "nvrtcGetPTX").AsSpan().TrimEnd((byte)0).ToArray();
                return new KernelImage(image, target, Version, log);
            }
            finally
            {
                _table.DestroyProgram(&handle);
            }
        }
    }

    /// <summary>The first candidate that can be loaded and is not newer than the driver's major version.</summary>
    internal static bool TryLoad(
        IReadOnlyList<string> candidates, int driverVersion, [NotNullWhen(true)] out Nvrtc? nvrtc, [NotNullWhen(false)] out string? reason)
    {
        reason = $"NVRTC was not found (tried {string.Join(", ", candidates)}); install it (pip install nvidia-cuda-nvrtc-cu12, or the CUDA toolkit) or name its file in {EnvironmentVariables.Nvrtc}";
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out nint library))
            {
                continue;
            }

            string path = NativeLibraries.PathOf(candidate);
            if (!NvrtcTable.TryFill(library, out NvrtcTable table))
            {
                reason = $"The NVRTC in {path} is older than CUDA 11.2; install a newer one";
                continue;
            }

            nvrtc = new Nvrtc(table, path);
            if (nvrtc.Version / 1000 <= driverVersion / 1000)
            {
                reason = null;
                return true;
            }

            reason = $"The NVRTC in {path} is version {nvrtc.VersionText}, and the driver only takes code of {CudaDriver.VersionText(driverVersion)}; update the driver or install an older NVRTC";
        }

        nvrtc = null;
        return false;
    }

    /// <summary>
    /// NVRTC opens its builtins by bare name, which fails outside the loader's folders (result 7) unless they are loaded already.
    /// </summary>
    private static void LoadBuiltins(string path, int major, int minor)
    {
        string name = OperatingSystem.IsWindows()
            ? $"nvrtc-builtins64_{major}{minor}.dll"
            : $"libnvrtc-builtins.so.{major}.{minor}";
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            // If it is not beside NVRTC, the loader may still know it; if not, compiling says so.
            NativeLibrary.TryLoad(System.IO.Path.Combine(folder, name), out _);
        }
    }

    private static byte[] Read(
        nint program, delegate* unmanaged<nint, nuint*, int> size, delegate* unmanaged<nint, byte*, int> get, string call)
    {
        nuint bytes;
        byte[] content = [];
        int result = size(program, &bytes);
        if (result == 0)
        {
            content = new byte[(int)bytes];
            fixed (byte* start = content)
            {
                result = get(program, start);
            }
        }

        return result == 0 ? content : throw new CudaException(CudaErrorKind.Variant, $"{call} failed with nvrtcResult {result}.");
    }

    private void Check(int result, string call)
    {
        if (result != 0)
        {
            throw Error(result, call, $"in {Path}");
        }
    }

    private CudaException Error(int result, string call, string detail)
    {
        string name = Marshal.PtrToStringUTF8((nint)_table.GetErrorString(result)) ?? $"nvrtcResult {result}";
        CudaErrorKind kind = result switch
        {
            OutOfMemory => CudaErrorKind.Retry,
            BuiltinFailure => CudaErrorKind.Absent,
            _ => CudaErrorKind.Variant,
        };
        string hint = result == BuiltinFailure ? $"\nIts builtins library must lie beside {Path}." : "";
        return new CudaException(kind, call, name, $"{call} failed with {name} (NVRTC {VersionText}): {detail}{hint}");
    }
}
