using System.Diagnostics;

namespace HandMeshEngine.Bench.Reliability.Goals;

/// <summary>What stands on the disk after a process was ended at a random moment.</summary>
internal static class OutputGoals
{
    public static IEnumerable<Goal> All => [new("R13", "outputs of a command that is killed are whole or not there; after SIGTERM no temporary file is left", Kill)];

    private static Outcome Kill(Budget budget)
    {
        string command = Path.Combine(Scene.Repository, "src", "HandMeshEngine.Cli", "bin", "Release", "net10.0", "handmesh");
        if (OperatingSystem.IsWindows() || !File.Exists(command))
        {
            return Outcome.NotReached("needs a Unix and the built command");
        }

        int rounds = budget.Count(8, 500);
        var random = new Random(budget.Seed);
        int torn = 0, left = 0, whole = 0;
        for (int round = 0; round < rounds; round++)
        {
            bool gently = round % 2 == 0;
            string folder = Directory.CreateTempSubdirectory("handmesh-killed-").FullName;
            try
            {
                EndInTheMiddle(command, folder, gently, random.Next(300, 2500));
                foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                {
                    bool isTemporary = path.EndsWith(".tmp", StringComparison.Ordinal);
                    left += isTemporary && gently ? 1 : 0;
                    bool isWhole = !isTemporary && IsWhole(path);
                    torn += isTemporary || isWhole ? 0 : 1;
                    whole += isWhole ? 1 : 0;
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return new Outcome(torn + left == 0, $"{rounds} rounds, half of them SIGKILL: {whole} whole files, {torn} torn, {left} left over after SIGTERM");
    }

    private static void EndInTheMiddle(string command, string folder, bool gently, int milliseconds)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["predict", Path.Combine(Scene.Repository, "tests", "photos"), "--device", "cpu", "--out", folder])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(milliseconds))
        {
            using Process kill = Process.Start("kill", [gently ? "-TERM" : "-KILL", $"{process.Id}"]);
            kill.WaitForExit();
            process.WaitForExit();
        }
    }

    // Each format ends in a way that a cut would take off.
    private static bool IsWhole(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return Path.GetExtension(path) switch
        {
            ".png" => bytes.AsSpan().IndexOf("IEND"u8) == bytes.Length - 8,
            ".glb" => bytes.Length > 12 && BitConverter.ToUInt32(bytes, 8) == bytes.Length,
            _ => bytes.AsSpan().TrimEnd("\r\n "u8).EndsWith("}"u8) || bytes.AsSpan().TrimEnd("\r\n "u8).EndsWith("]"u8),
        };
    }
}
