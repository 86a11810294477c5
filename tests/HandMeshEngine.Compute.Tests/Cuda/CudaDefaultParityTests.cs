using HandMeshEngine.Checkpoints;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The default system.</summary>
public sealed class CudaDefaultParityTests : CudaParity
{
    public static TheoryData<string> Cases => CasesOf("mediapipe-hand");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_passes_in_fp16(string path) => CheckHalf(path);

    /// <summary>Only the large set stores what the lite networks compute; see also <see cref="CudaNetworkTests"/>.</summary>
    [Fact]
    public void A_case_of_the_lite_networks_passes_in_fp16()
    {
        string? path = CaseFolders.Files("mediapipe-hand").FirstOrDefault(file => SafetensorsFile.Read(file).Contains("palm_lite.raw_boxes"));
        Assert.SkipWhen(path is null, $"no case with lite outputs is at hand; set {CaseFolders.Variable}");
        CheckHalf(path, SafetensorsFile.Read(Path.Combine(SimulatedCuda.Root, "weights", "mediapipe-hand-lite.safetensors")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_small_stages_of_a_case_pass_in_fp32(string path) => CheckSingle(path);
}
