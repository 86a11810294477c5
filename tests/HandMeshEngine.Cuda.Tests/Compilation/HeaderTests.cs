using System.Text.RegularExpressions;

namespace HandMeshEngine.Cuda.Tests.Compilation;

/// <summary>prelude.cuh and mma.cuh: every function, both compilers, every architecture.</summary>
public sealed class HeaderTests
{
    private const string Everything = """
        #include "mma.cuh"

        KERNEL(128) everything(const half_t* x, const float* y, uint4* packed, half_t* halves, float* floats) {
            SHARED_MEMORY(memory);
            const unsigned shared = shared_address(memory);
            const int t = (int)threadIdx.x;
            wait_for_predecessor_and_release();
            copy_async_16(shared + t * 16u, x + t * 8, t < 100);
            copy_async_4(shared + 2048u + t * 4u, y + t, t < 100);
            copy_async_commit();
            copy_async_wait<0>();
            __syncthreads();
            release_successor();

            unsigned a[4], b[4], c[2];
            float sums[8] = {};
            float(&d)[4] = *(float(*)[4])sums;
            load_matrix_x4(a, shared + t * 16u);
            load_matrix_x4_transposed(b, shared + t * 16u);
            load_constant_16(b, x + t * 8);
            load_matrix_x2(c, shared + t * 16u);
            mma_16x8x16(d, a, b[0], b[1]);
            mma_16x8x8(d, a[0], a[1], c[0] ^ c[1]);

            float values[8];
            unpack_halves(packed[t], values);
            UNROLL for (int i = 0; i < 4; i++) values[i] += d[i];
            packed[t] = pack_halves(values);
            const float best = warp_max(load_float(x + t));
            store_float(halves + t, warp_sum(load_float(y + t)));
            store_float(floats + t, best < infinity() ? rounding_of(best) : load_from_l2((const float4*)y + t).x);
        }
        """;

    private static readonly string[] _architectures = ["sm_75", "sm_80", "sm_86", "sm_89", "sm_90"];

    public static TheoryData<string> Versions => Compilers.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Everything_compiles_without_a_warning_and_without_spills(string version)
    {
        Nvrtc nvrtc = Compilers.Open(version);
        foreach (string architecture in _architectures)
        {
            KernelTarget target = KernelTarget.Parse(architecture);
            string log = nvrtc.Compile(Compilers.Program(Everything, "--ptxas-options=-v"), target).Log;
            Assert.DoesNotContain("warning", log);
            Assert.Matches(@"Used \d+ registers", log);
            Assert.Contains("0 bytes stack frame, 0 bytes spill stores", log);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_header_that_is_included_and_not_used_gives_no_warning(string version)
    {
        KernelProgram program = Compilers.Program("#include \"mma.cuh\"\nKERNEL(32) nothing() {}");
        Assert.Equal("", Compilers.Open(version).Compile(program, KernelTarget.Parse("sm_75")).Log);
    }

    [Theory]
    [InlineData(75, "mma.sync.aligned.m16n8k8.", "m16n8k16 cp.async griddepcontrol")]
    [InlineData(80, "mma.sync.aligned.m16n8k16. cp.async.cg.shared.global cp.async.ca.shared.global cvt.rn.f16x2.f32", "griddepcontrol")]
    [InlineData(90, "mma.sync.aligned.m16n8k16. cp.async.cg.shared.global griddepcontrol.wait griddepcontrol.launch_dependents", "nothing else")]
    public void Each_architecture_takes_its_own_branch(int sm, string with, string without)
    {
        foreach (string version in (string[])["11.8", "12.4"])
        {
            KernelImage image = Compilers.Open(version).Compile(Compilers.Program(Everything), new KernelTarget(sm, KernelImageKind.Ptx));
            string ptx = Encoding.UTF8.GetString(image.Bytes);
            Assert.All(with.Split(' '), instruction => Assert.Contains(instruction, ptx));
            Assert.All(without.Split(' '), instruction => Assert.DoesNotContain(instruction, ptx));
        }
    }

    [Fact]
    public void Every_device_function_of_the_headers_is_used_above()
    {
        foreach ((string name, string text) in Compilers.Headers)
        {
            foreach (Match match in Regex.Matches(text, @"^DEVICE \w+ (\w+)\(", RegexOptions.Multiline))
            {
                string function = match.Groups[1].Value;
                bool used = Everything.Contains(function + "(") || Everything.Contains(function + "<")
                    || Regex.Count(text, $@"\b{function}\(") > 1;
                Assert.True(used, $"{name}: {function} is not tested");
            }
        }
    }
}
