using System.Runtime.Intrinsics;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>The kernels that HandMeshEngine.Compute.Generators writes, one by one against plain loops, at every width that runs here.</summary>
public sealed class GeneratedKernelTests
{
    [Fact]
    public void Every_register_tile_multiplies_as_plain_loops_do()
    {
        RegisterTileCases<Simd128, Vector128<float>>.RunAll();
        if (SimdLevels.Best >= SimdLevel.Vector256)
        {
            RegisterTileCases<Simd256, Vector256<float>>.RunAll();
        }

        if (SimdLevels.Best >= SimdLevel.Vector512)
        {
            RegisterTileCases<Simd512, Vector512<float>>.RunAll();
        }
    }

    [Fact]
    public void Every_window_kernel_convolves_as_plain_loops_do()
    {
        WindowTileCases<Simd128, Vector128<float>>.RunAll();
        if (SimdLevels.Best >= SimdLevel.Vector256)
        {
            WindowTileCases<Simd256, Vector256<float>>.RunAll();
        }

        if (SimdLevels.Best >= SimdLevel.Vector512)
        {
            WindowTileCases<Simd512, Vector512<float>>.RunAll();
        }
    }

    [Fact]
    public void Every_tile_that_a_plan_may_choose_exists()
    {
        AssertTilesExist<Simd128, Vector128<float>>();
        AssertTilesExist<Simd256, Vector256<float>>();
        AssertTilesExist<Simd512, Vector512<float>>();
    }

    [Fact]
    public void No_generated_source_is_kept_in_the_tree()
    {
        string sources = Path.Combine(CaseFolders.Repository!, "src");
        string[] builds = [$"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"];
        Assert.DoesNotContain(
            Directory.EnumerateFiles(sources, "*.g.cs", SearchOption.AllDirectories), file => !builds.Any(file.Contains));
    }

    private static void AssertTilesExist<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        foreach (int pixels in new[] { 1, 7, 49, 196, 3136 })
        {
            for (int channels = 1; channels <= 80; channels++)
            {
                TileShape shape = TileShape.Choose<TSimd, TVector>(pixels, channels, depth: 24);

                // Looks up this tile and the narrower ones for the vectors that remain; throws for one that is missing.
                _ = new TileSet<TSimd, TVector>(shape);
            }
        }
    }
}
