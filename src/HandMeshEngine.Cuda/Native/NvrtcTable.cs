namespace HandMeshEngine.Cuda.Native;

/// <summary>NVRTC as function pointers. Every entry returns an nvrtcResult; zero is success. Fields are named as their exports.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NvrtcTable
{
    /// <summary>nvrtcVersion(major, minor).</summary>
    public delegate* unmanaged<int*, int*, int> Version;

    /// <summary>nvrtcGetNumSupportedArchs(count).</summary>
    public delegate* unmanaged<int*, int> GetNumSupportedArchs;

    /// <summary>nvrtcGetSupportedArchs(architectures): ascending.</summary>
    public delegate* unmanaged<int*, int> GetSupportedArchs;

    /// <summary>nvrtcGetErrorString(result): a static string.</summary>
    public delegate* unmanaged<int, byte*> GetErrorString;

    /// <summary>nvrtcCreateProgram(program, source, name, headerCount, headers, headerNames).</summary>
    public delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> CreateProgram;

    /// <summary>nvrtcDestroyProgram(program).</summary>
    public delegate* unmanaged<nint*, int> DestroyProgram;

    /// <summary>nvrtcCompileProgram(program, optionCount, options).</summary>
    public delegate* unmanaged<nint, int, byte**, int> CompileProgram;

    /// <summary>nvrtcGetProgramLogSize(program, bytes), the ending zero included.</summary>
    public delegate* unmanaged<nint, nuint*, int> GetProgramLogSize;

    /// <summary>nvrtcGetProgramLog(program, text).</summary>
    public delegate* unmanaged<nint, byte*, int> GetProgramLog;

    /// <summary>nvrtcGetPTXSize(program, bytes), the ending zero included.</summary>
    public delegate* unmanaged<nint, nuint*, int> GetPtxSize;

    /// <summary>nvrtcGetPTX(program, text).</summary>
    public delegate* unmanaged<nint, byte*, int> GetPtx;

    /// <summary>nvrtcGetCUBINSize(program, bytes).</summary>
    public delegate* unmanaged<nint, nuint*, int> GetCubinSize;

    /// <summary>nvrtcGetCUBIN(program, image).</summary>
    public delegate* unmanaged<nint, byte*, int> GetCubin;

    private static readonly string[] _names =
    [
        "nvrtcVersion", "nvrtcGetNumSupportedArchs", "nvrtcGetSupportedArchs", "nvrtcGetErrorString", "nvrtcCreateProgram",
        "nvrtcDestroyProgram", "nvrtcCompileProgram", "nvrtcGetProgramLogSize", "nvrtcGetProgramLog", "nvrtcGetPTXSize",
        "nvrtcGetPTX", "nvrtcGetCUBINSize", "nvrtcGetCUBIN",
    ];

    /// <summary>The table of a library.</summary>
    /// <returns>False if an entry is missing: the library is older than CUDA 11.2.</returns>
    public static bool TryFill(nint library, out NvrtcTable table)
    {
        NvrtcTable filled = default;
        Span<nint> fields = new(&filled, _names.Length);
        bool complete = true;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = NativeLibraries.Export(library, _names[i]);
            complete &= fields[i] != 0;
        }

        table = filled;
        return complete;
    }
}
