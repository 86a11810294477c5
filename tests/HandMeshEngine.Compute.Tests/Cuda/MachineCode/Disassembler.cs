using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace HandMeshEngine.Compute.Tests.Cuda.MachineCode;

/// <summary>nvdisasm, which tools/fetch-nvrtc brings. What it says of an image is kept beside the compiled kernels.</summary>
internal static class Disassembler
{
    private static readonly string _program = Path.Combine(SimulatedCuda.Root, ".cache", "nvdisasm", "nvdisasm");
    private static readonly string _folder = Path.Combine(SimulatedCuda.Root, ".cache", "machine-code");

    /// <summary>The kernels of a CUBIN. Without the program the test is skipped, and in CI it fails.</summary>
    public static IReadOnlyList<KernelCode> Read(byte[] cubin)
    {
        string path = Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(cubin).AsSpan(0, 16)));
        if (File.Exists(path + ".txt"))
        {
            return [.. File.ReadLines(path + ".txt").Select(Parse)];
        }

        if (!File.Exists(_program))
        {
            const string reason = "nvdisasm is not in .cache/nvdisasm; run tools/fetch-nvrtc";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        Directory.CreateDirectory(_folder);
        string image = $"{path}.{Guid.NewGuid():N}.cubin";
        File.WriteAllBytes(image, cubin);
        KernelCode[] kernels;
        try
        {
            kernels = [.. KernelCode.Read(Run(image))];
        }
        finally
        {
            File.Delete(image);
        }

        File.WriteAllLines(image, kernels.Select(Line));
        File.Move(image, path + ".txt", overwrite: true);
        return kernels;
    }

    private static string Run(string image)
    {
        var start = new ProcessStartInfo(_program, ["--print-code", image]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string listing = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"nvdisasm: {errors.Result}");
        return listing;
    }

    private static string Line(KernelCode k) => string.Create(
        CultureInfo.InvariantCulture, $"{k.Name} {k.LoadsAhead} {k.Waits} {k.MatrixProducts} {k.ConstantLoads} {k.LocalAccesses}");

    private static KernelCode Parse(string line)
    {
        string[] words = line.Split(' ');
        int Number(int at) => int.Parse(words[at], CultureInfo.InvariantCulture);
        return new KernelCode(words[0], Number(1), Number(2), Number(3), Number(4), Number(5));
    }
}
