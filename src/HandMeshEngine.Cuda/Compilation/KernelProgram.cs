namespace HandMeshEngine.Cuda.Compilation;

/// <summary>One source file to compile with its constants; it may hold several kernels.</summary>
/// <param name="Name">A short name for messages and files: letters, digits, '-', '_' and '.'.</param>
/// <param name="Source">CUDA C++.</param>
/// <param name="Headers">The headers it may include: name as in the include line, and text.</param>
/// <param name="Options">Further options of NVRTC, such as "-DCHANNELS=64"; the standard and the architecture are set anyway.</param>
public sealed record KernelProgram(
    string Name, string Source, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Options);
