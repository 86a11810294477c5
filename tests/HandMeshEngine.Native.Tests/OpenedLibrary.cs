namespace HandMeshEngine.Native.Tests;

/// <summary>An estimator opened through the ABI, one opened by C#, and the photo that everyone has.</summary>
public sealed unsafe class OpenedLibrary : IDisposable
{
    public OpenedLibrary()
    {
        var options = new NativeOptions { Size = (uint)sizeof(NativeOptions), Threads = 2, Profile = 1 };
        fixed (byte* cpu = "cpu"u8)
        {
            options.Device = cpu;
            nint estimator;
            Assert.Equal(Status.Ok, Calls.Open(&options, &estimator));
            Estimator = estimator;
        }

        Managed = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Threads = 2 });
        Photo = RgbImage.Load(Workspace.Photo);
        Pixels = (byte*)NativeMemory.Alloc((nuint)Photo.Pixels.Length);
        Photo.Pixels.CopyTo(new Span<byte>(Pixels, Photo.Pixels.Length));
    }

    internal nint Estimator { get; }

    internal HandEstimator Managed { get; }

    internal RgbImage Photo { get; }

    internal byte* Pixels { get; }

    internal NativeImage Image => NativeImage.Rgb((nint)Pixels, Photo.Width, Photo.Height) with { Size = NativeImage.Least };

    public void Dispose()
    {
        Calls.Close(Estimator);
        Managed.Dispose();
        NativeMemory.Free(Pixels);
    }

    internal nint CreateResult()
    {
        nint result;
        Assert.Equal(Status.Ok, Calls.CreateResult(Estimator, &result));
        return result;
    }
}
