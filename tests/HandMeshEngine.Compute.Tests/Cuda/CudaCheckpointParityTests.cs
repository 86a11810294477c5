namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The systems with checkpoints of their authors.</summary>
public sealed class CudaCheckpointParityTests : CudaParity
{
    public static TheoryData<string> Cases => CasesOf("handdgp", "graphhand", "handar");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_passes_in_fp16(string path) => CheckHalf(path);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_small_stages_of_a_case_pass_in_fp32(string path) => CheckSingle(path);
}
