using HandMeshEngine.Compute.Tests.Cuda;

namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Formats, orientations and lenses on the simulated device; the simulator checks each access.</summary>
public sealed class CudaFrameTests : IDisposable
{
    // Of 255; single precision is off by 4e-5.
    private const double Tolerance = 2e-4;

    private readonly SimulatedCuda _cuda = SimulatedCuda.Open();

    public static TheoryData<string> Formats => FormatTests.Formats;

    public static TheoryData<string> Crops => LensWarpTests.Crops;

    public static TheoryData<string> Lenses => LensTests.Names;

    public void Dispose() => _cuda.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_has_its_stored_colours(string key) => FormatTests.Compare(_cuda.Backend, key, Tolerance, SimulatedCuda.Options());

    [Theory]
    [MemberData(nameof(Crops))]
    public void A_crop_through_a_lens_equals_the_stored_one(string key) =>
        LensWarpTests.Compare(_cuda.Backend, key, 5e-4, SimulatedCuda.Options());

    [Theory]
    [MemberData(nameof(Lenses))]
    public void A_lens_bends_a_crop_as_the_definition_does(string name) =>
        FrameComparison.Lens(_cuda.Backend, name, 1e-3, SimulatedCuda.Options());

    [Fact]
    public void Turned_and_mirrored_frames_agree_with_the_definition() =>
        FrameComparison.Orientations(_cuda.Backend, 1e-3, SimulatedCuda.Options());
}
