using System.Globalization;

namespace HandMeshEngine.Cuda.Compilation;

/// <summary>What a program is compiled for.</summary>
/// <param name="Sm">The architecture: 86 for sm_86.</param>
/// <param name="Kind">Machine code or PTX.</param>
public readonly record struct KernelTarget(int Sm, KernelImageKind Kind)
{
    /// <summary>The oldest architecture the kernels are written for (Turing).</summary>
    public const int OldestSm = 75;

    /// <summary>NVRTC's word for it: "sm_86" or "compute_86".</summary>
    public string Architecture => (Kind == KernelImageKind.Cubin ? "sm_" : "compute_") + Sm.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The target for a device: machine code for its own architecture where NVRTC knows it, else PTX of the newest one that
    /// NVRTC knows, for the driver to translate. Without NVRTC it is what NVRTC should have made.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="nvrtc">The compiler, or null.</param>
    /// <param name="note">What the user should know about the choice, or null.</param>
    /// <exception cref="CudaException">The device is too old for the engine or for NVRTC, or the driver too old for its PTX.</exception>
    public static KernelTarget Choose(CudaDevice device, Nvrtc? nvrtc, out string? note)
    {
        note = null;
        if (device.Sm < OldestSm)
        {
            throw new CudaException(
                CudaErrorKind.Absent, $"{device} is too old: the kernels need sm_{OldestSm} (Turing) or newer.");
        }

        KernelTarget own = new(device.Sm, device.Driver.LoadsPtx ? KernelImageKind.Ptx : KernelImageKind.Cubin);
        if (nvrtc is null || nvrtc.Architectures.Contains(device.Sm))
        {
            return own;
        }

        int newest = nvrtc.Architectures.Where(sm => sm <= device.Sm).DefaultIfEmpty(0).Max();
        if (newest < OldestSm)
        {
            throw new CudaException(
                CudaErrorKind.Absent, $"NVRTC {nvrtc.VersionText} in {nvrtc.Path} does not compile for {device}; give an older one in {EnvironmentVariables.Nvrtc}.");
        }

        if (!device.Driver.LoadsPtx)
        {
            note = $"NVRTC {nvrtc.VersionText} is older than {device}: the driver translates PTX of sm_{newest} at load; a newer NVRTC would make code for the device itself";
            if (nvrtc.Version > device.Driver.Version)
            {
                throw new CudaException(
                    CudaErrorKind.Absent,
                    $"NVRTC {nvrtc.VersionText} does not know {device}, and driver {CudaDriver.VersionText(device.Driver.Version)} is too old for its PTX; update the driver.");
            }
        }

        return new KernelTarget(newest, KernelImageKind.Ptx);
    }

    /// <summary>Reads "sm_86" or "compute_86".</summary>
    /// <exception cref="ArgumentException">It is neither, or too old for the engine.</exception>
    public static KernelTarget Parse(string text) => TryParse(text, out KernelTarget target)
        ? target
        : throw new ArgumentException($"'{text}' is no architecture; give sm_{OldestSm} or newer, such as sm_86, or compute_86 for PTX");

    /// <summary>Reads "sm_86" or "compute_86"; false if it is neither, or too old for the engine.</summary>
    public static bool TryParse(string text, out KernelTarget target)
    {
        target = default;
        int digits = text.IndexOf('_') + 1;
        if (!int.TryParse(text.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out int sm) || sm < OldestSm)
        {
            return false;
        }

        target = new KernelTarget(sm, text.StartsWith('c') ? KernelImageKind.Ptx : KernelImageKind.Cubin);
        return target.Architecture == text;
    }

    /// <summary>Whether an image of this target can be loaded on a device, as far as its architecture goes.</summary>
    public bool RunsOn(CudaDevice device) =>
        Sm <= device.Sm && (Kind == KernelImageKind.Ptx || (Sm / 10 == device.Sm / 10 && !device.Driver.LoadsPtx));

    /// <summary>NVRTC's word for it.</summary>
    public override string ToString() => Architecture;
}
