namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_options</c>. Zero in every field means the default.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeOptions
{
    public uint Size;
    public int Threads;
    public byte* System;
    public byte* Weights;
    public byte* Variant;
    public byte* Device;
    public byte* KernelFolder;
    public int Precision;
    public int MaxHands;
    public int VirtualCamera;
    public int Profile;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 64;

    /// <summary>The options that these are.</summary>
    /// <exception cref="AbiException">A field has no meaning.</exception>
    public static EstimatorOptions Read(NativeOptions* from)
    {
        var options = new EstimatorOptions();
        if (from == null)
        {
            return options;
        }

        NativeOptions given = Sized.Read(from, Least, "options");
        Precision? precision = given.Precision switch
        {
            0 => null,
            1 => Compute.Precision.Float32,
            2 => Compute.Precision.Float16,
            3 => Compute.Precision.BFloat16,
            int other => throw new AbiException(Status.InvalidArgument, $"options->precision is {other}; it must be 0 (the device's own), 1 (float32), 2 (float16) or 3 (bfloat16, CPU)"),
        };
        return options with
        {
            System = NativeText.Read(given.System, "options->system") ?? options.System,
            Weights = NativeText.Read(given.Weights, "options->weights"),
            Variant = NativeText.Read(given.Variant, "options->variant"),
            Device = NativeText.Read(given.Device, "options->device") ?? options.Device,
            KernelFolder = NativeText.Read(given.KernelFolder, "options->kernel_folder"),
            Precision = precision,
            Threads = given.Threads,
            MaxHands = given.MaxHands == 0 ? options.MaxHands : given.MaxHands,
            VirtualCamera = given.VirtualCamera != 0,
            Profile = given.Profile != 0,
        };
    }
}
