namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_description</c>: what an estimator runs, in words that live as long as it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDescription
{
    public uint Size;
    public int MaxHands;
    public byte* System;
    public byte* Device;
    public byte* DeviceDescription;
    public byte* DeviceNote;
    public int HasStandInWeights;
    public int Reserved;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 48;
}
