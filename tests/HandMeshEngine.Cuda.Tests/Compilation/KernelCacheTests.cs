using System.Runtime.Versioning;

namespace HandMeshEngine.Cuda.Tests.Compilation;

/// <summary>The cache on disk: hits, damage, other processes, folders that cannot be written.</summary>
public sealed class KernelCacheTests : IDisposable
{
    private static readonly KernelTarget _target = KernelTarget.Parse("sm_86");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"handmesh-cache-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_program_is_compiled_once_and_read_afterwards()
    {
        Nvrtc nvrtc = Compilers.Open("12.4");
        KernelProgram[] programs = [Vector("A"), Vector("B")];
        List<CompileProgress> progress = [];
        KernelImage[] compiled = new KernelCache(_folder).Load(programs, _target, nvrtc, progress.Add, default);
        KernelImage[] cached = new KernelCache(_folder).Load(programs, _target, nvrtc, progress.Add, default);
        Assert.Equal(
            [new(1, 2, "A", false), new(2, 2, "B", false), new(1, 2, "A", true), new(2, 2, "B", true)], progress);
        Assert.Equal(compiled[0].Bytes, cached[0].Bytes);
        Assert.Equal(compiled[1].Bytes, cached[1].Bytes);
        Assert.Equal((_target, nvrtc.Version, compiled[0].Log), (cached[0].Target, cached[0].NvrtcVersion, cached[0].Log));
        Assert.Contains("warning", cached[0].Log);
    }

    [Fact]
    public void Another_compiler_another_architecture_or_another_option_is_another_entry()
    {
        KernelCache cache = new(_folder);
        Load(cache, Vector("A"), "12.4");
        Load(cache, Vector("A"), "11.8");
        cache.Load([Vector("A")], KernelTarget.Parse("compute_86"), Compilers.Open("12.4"), null, default);
        Load(cache, Vector("A") with { Options = ["-DX=1"] }, "12.4");
        Assert.Equal(4, Directory.GetFiles(_folder, "A-*.kernel").Length);
    }

    [Fact]
    public void Whatever_is_changed_changes_the_digest()
    {
        KernelProgram program = new("name", "source", [new("header", "text")], ["-DA", "-DB"]);
        KernelProgram[] others =
        [
            program with { Name = "names" },
            program with { Source = "sourc" },
            program with { Headers = [] },
            program with { Headers = [new("header", "texts")] },
            program with { Headers = [new("headert", "ext")] },
            program with { Options = ["-DA"] },
            program with { Options = ["-DB", "-DA"] },
            program with { Options = ["-DA-DB"] },
        ];
        HashSet<string> digests = [.. others.Append(program).Select(KernelCacheKey.DigestOf)];
        Assert.Equal(others.Length + 1, digests.Count);
    }

    [Fact]
    public void A_damaged_entry_is_never_taken()
    {
        KernelCacheKey key = new("A", new string('0', 64), _target, 12040);
        byte[] file = KernelCacheEntry.Write(key, new KernelImage([1, 2, 3, 4, 5], _target, 12040, "log"));
        Assert.Equal([1, 2, 3, 4, 5], KernelCacheEntry.Read(key, file)!.Bytes);
        Assert.Null(KernelCacheEntry.Read(key with { NvrtcVersion = 11080 }, file));
        Assert.Null(KernelCacheEntry.Read(key with { Digest = new string('1', 64) }, file));
        for (int i = 0; i < file.Length; i++)
        {
            Assert.Null(KernelCacheEntry.Read(key, file.AsSpan(0, i)));
            file[i] ^= 0x10;
            Assert.Null(KernelCacheEntry.Read(key, file));
            file[i] ^= 0x10;
        }
    }

    [Fact]
    public void A_damaged_file_is_compiled_again_and_replaced()
    {
        KernelCache cache = new(_folder);
        KernelImage good = Load(cache, Vector("A"), "12.4");
        string path = Assert.Single(Directory.GetFiles(_folder));
        byte[] bytes = File.ReadAllBytes(path);
        foreach (byte[] damaged in (byte[][])[[], bytes[..^1], [.. bytes[..^1], (byte)(bytes[^1] + 1)]])
        {
            File.WriteAllBytes(path, damaged);
            Assert.Equal(good.Bytes, Load(cache, Vector("A"), "12.4").Bytes);
            Assert.Equal(bytes, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Many_at_once_agree_and_leave_whole_files_only()
    {
        Nvrtc nvrtc = Compilers.Open("12.4");
        KernelProgram[] programs = [Vector("A"), Vector("B"), Vector("C")];
        KernelImage[][] all = new KernelImage[6][];
        Parallel.For(0, all.Length, i => all[i] = new KernelCache(_folder).Load(programs, _target, nvrtc, null, default));
        Assert.All(all, images => Assert.Equal(all[0].Select(image => image.Bytes), images.Select(image => image.Bytes)));
        Assert.Equal(programs.Length, Directory.GetFiles(_folder).Length);
        Assert.All(Directory.GetFiles(_folder), path => Assert.EndsWith(".kernel", path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_note_and_no_failure()
    {
        File.WriteAllText(_folder, "a file where the folder should be");
        try
        {
            KernelCache cache = new(_folder);
            Assert.NotEmpty(Load(cache, Vector("A"), "12.4").Bytes);
            Assert.StartsWith($"kernels cannot be stored in {_folder}: ", cache.StoreProblem);
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_read_only_folder_serves_what_it_holds()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the permissions of a folder are not its mode on Windows");
        }

        KernelImage stored = Load(new KernelCache(_folder), Vector("A"), "12.4");
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            KernelCache cache = new(_folder);
            Assert.Equal(stored.Bytes, Load(cache, Vector("A"), "12.4").Bytes);
            Assert.Null(cache.StoreProblem);
        }
        finally
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, "can be written by other users")]
    [InlineData(UnixFileMode.OtherWrite, "can be written by other users")]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_can_write_is_neither_read_nor_written(UnixFileMode others, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owner and mode of a folder are checked on Linux");
        Load(new KernelCache(_folder), Vector("A"), "12.4");
        string entry = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllBytes(entry, [1, 2, 3]); // what a stranger might have put there
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others);
        KernelCache cache = new(_folder);

        Assert.NotEmpty(Load(cache, Vector("A"), "12.4").Bytes);
        Assert.Contains(expected, cache.StoreProblem);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(entry));
        Assert.Contains(expected, Assert.Throws<CudaException>(() => Best(new KernelCache(_folder), [Vector("A")], Compilers.Device(86))).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_in_place_of_an_entry_makes_way(bool isFilled)
    {
        Load(new KernelCache(_folder), Vector("A"), "12.4");
        string entry = Assert.Single(Directory.GetFiles(_folder));
        File.Delete(entry);
        Directory.CreateDirectory(entry);
        if (isFilled)
        {
            File.WriteAllText(Path.Combine(entry, "kept"), "");
        }

        KernelCache cache = new(_folder);
        Load(cache, Vector("A"), "12.4");

        Assert.Null(cache.StoreProblem);
        Assert.True(File.Exists(entry));
        Assert.Equal(isFilled ? 1 : 0, Directory.GetDirectories(_folder).Length);
    }

    [Fact]
    public void A_pipe_in_place_of_an_entry_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        Load(new KernelCache(_folder), Vector("A"), "12.4");
        string entry = Assert.Single(Directory.GetFiles(_folder));
        File.Delete(entry);
        using (var make = System.Diagnostics.Process.Start("mkfifo", entry))
        {
            make.WaitForExit();
        }

        Assert.NotEmpty(Load(new KernelCache(_folder), Vector("A"), "12.4").Bytes);
        Assert.True(new FileInfo(entry).Length > 0);
    }

    [Fact]
    public void What_a_killed_process_left_is_cleared_once_it_is_old()
    {
        Directory.CreateDirectory(_folder);
        string old = Path.Combine(_folder, "A.kernel.1.tmp");
        string young = Path.Combine(_folder, "A.kernel.2.tmp");
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        Load(new KernelCache(_folder), Vector("A"), "12.4");
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public void Without_a_compiler_a_complete_cache_is_enough()
    {
        KernelCache cache = new(_folder);
        KernelProgram[] programs = [Vector("A"), Vector("B")];
        cache.Load(programs, KernelTarget.Parse("sm_86"), Compilers.Open("11.8"), null, default);
        cache.Load(programs, KernelTarget.Parse("sm_80"), Compilers.Open("12.4"), null, default);
        cache.Load(programs, KernelTarget.Parse("compute_75"), Compilers.Open("12.4"), null, default);

        Assert.Equal("sm_86 11080", Best(cache, programs, Compilers.Device(86)));
        Assert.Equal("sm_86 11080", Best(cache, programs, Compilers.Device(89)));
        Assert.Equal("sm_80 12040", Best(cache, programs, Compilers.Device(80)));
        Assert.Equal("compute_75 12040", Best(cache, programs, Compilers.Device(90, driverVersion: 12040)));
        Assert.Equal("compute_75 12040", Best(cache, programs, Compilers.Device(86, loadsPtx: true)));

        // The entry of sm_80 is from a compiler too new for this driver, and so is the PTX.
        CudaException error = Assert.Throws<CudaException>(
            () => Best(cache, programs, Compilers.Device(80, driverVersion: 11040)));
        Assert.Contains($"2 of 2 kernel programs for Fake GPU (sm_80) are not in {_folder} (the first is A)", error.Message);
    }

    [Fact]
    public void Without_a_compiler_a_missing_program_says_what_is_missing()
    {
        KernelCache cache = new(_folder);
        CudaException error = Assert.Throws<CudaException>(() => Best(cache, [Vector("A")], Compilers.Device(86)));
        Assert.Equal(CudaErrorKind.Absent, error.Kind);
        Assert.Contains($"1 of 1 kernel programs for Fake GPU (sm_86) are not in {_folder} (the first is A), and there is no compiler", error.Message);
    }

    [Fact]
    public void A_cancelled_load_stops_between_programs()
    {
        using CancellationTokenSource source = new();
        KernelCache cache = new(_folder);
        Assert.Throws<OperationCanceledException>(
            () => cache.Load([Vector("A"), Vector("B")], _target, Compilers.Open("12.4"), _ => source.Cancel(), source.Token));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static string Best(KernelCache cache, KernelProgram[] programs, CudaDevice device)
    {
        KernelImage[] images = cache.Load(programs, device, null, null, default);
        return Assert.Single(images.Select(image => $"{image.Target} {image.NvrtcVersion}").Distinct());
    }

    private static KernelImage Load(KernelCache cache, KernelProgram program, string version) =>
        Assert.Single(cache.Load([program], _target, Compilers.Open(version), null, default));

    // The unused variable makes a warning, so that the log is seen to be kept.
    private static KernelProgram Vector(string name) => new(
        name, $$"""extern "C" __global__ void {{name}}(float* x) { int unused; x[threadIdx.x] += 1.f; }""", [], []);
}
