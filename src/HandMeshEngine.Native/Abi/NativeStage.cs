namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_stage</c>: how long one stage took.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeStage
{
    public byte* Name;
    public double Milliseconds;
}
