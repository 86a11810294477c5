namespace HandMeshEngine.Cuda;

/// <summary>The environment variables of docs/environment.md: HANDMESH_X, and where that is not set the older name HME_X.</summary>
internal static class EnvironmentVariables
{
    /// <summary>The driver library, a file or its folder.</summary>
    public const string Driver = "HANDMESH_CUDA";

    /// <summary>The NVRTC library, a file or its folder.</summary>
    public const string Nvrtc = "HANDMESH_NVRTC";

    /// <summary>The folder of compiled kernels.</summary>
    public const string KernelFolder = "HANDMESH_CACHE";

    /// <summary>Ways of running kernels, to be measured against each other.</summary>
    public const string CudaSwitches = "HANDMESH_CUDA_SWITCHES";

    private const string Prefix = "HANDMESH_";
    private const string OldPrefix = "HME_";

    /// <summary>The value of a variable under its name or its older one; null where neither is set, or both are empty.</summary>
    public static string? Read(string name) => Value(name) ?? Value(OldName(name));

    /// <summary>The name under which a variable is set, for messages: what the user wrote.</summary>
    public static string NameInUse(string name) => Value(name) is null && Value(OldName(name)) is not null ? OldName(name) : name;

    private static string OldName(string name) => string.Concat(OldPrefix, name.AsSpan(Prefix.Length));

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
