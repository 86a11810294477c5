namespace HandMeshEngine.Cli.Tests;

/// <summary>The command lines of docs/scale.md, run with local processes.</summary>
public sealed class ScaleTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly string _page = File.ReadAllText(Path.Combine(Workspace.Repository, "docs", "scale.md"));

    public ScaleTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix shell");
        Directory.CreateDirectory(_work["bin"]);
        Program("handmesh", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "handmesh.dll")}' \"$@\" --device cpu --variant lite\n");
        string photos = Path.GetDirectoryName(Workspace.Photo)!;
        File.WriteAllLines(_work["images.jsonl"], new[] { "pointing", "fist", "missing" }.Select(name => $$"""{"file":"{{photos}}/{{name}}.jpg"}"""));
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_way_of_sharing_a_list_gives_the_lines_of_one_run()
    {
        Shell("handmesh predict --list images.jsonl --threads 1 --out whole", expected: 3);
        string[] whole = File.ReadAllLines(_work["whole/images.jsonl"]);
        Assert.Equal(3, whole.Length);

        Shell(Block("## Local processes").Replace("seq 1 4", "seq 1 2", StringComparison.Ordinal).Replace("{}/4", "{}/2", StringComparison.Ordinal), expected: null);
        Check(whole, "images.*-of-2.jsonl");

        string slurm = Block("## Slurm array")[Block("## Slurm array").IndexOf("srun ", StringComparison.Ordinal)..];
        for (int task = 1; task <= 3; task++)
        {
            Shell($"export SLURM_ARRAY_TASK_ID={task} SLURM_ARRAY_TASK_COUNT=3 SLURM_CPUS_PER_TASK=1; srun() {{ \"$@\"; }}; {slurm}", expected: task == 3 ? 3 : 0);
        }

        Check(whole, "images.*-of-3.jsonl");

        string pod = Regex.Match(_page, "args: \\['(.*)'\\]").Groups[1].Value.Replace("/data/", string.Empty, StringComparison.Ordinal);
        for (int index = 0; index < 3; index++)
        {
            Shell($"JOB_COMPLETION_INDEX={index}; {pod}", expected: index == 2 ? 3 : 0);
        }

        Check(whole, "images.*-of-32.jsonl");

        Program("handmesh-lines", Block("with `handmesh-lines`:"));
        string[] piped = Shell("handmesh-lines < images.jsonl 2>/dev/null", expected: 0).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(whole, piped);
    }

    private void Check(string[] whole, string parts) => Assert.Equal(
        whole,
        Directory.GetFiles(_work["results"], parts).SelectMany(File.ReadLines).OrderBy(line => JsonDocument.Parse(line).RootElement.GetProperty("frame").GetInt32()));

    // The first block of code behind some text of the page.
    private string Block(string after)
    {
        int start = _page.IndexOf("```", _page.IndexOf(after, StringComparison.Ordinal), StringComparison.Ordinal);
        int line = _page.IndexOf('\n', start) + 1;
        return _page[line.._page.IndexOf("```", line, StringComparison.Ordinal)];
    }

    private string Shell(string line, int? expected)
    {
        (int exitCode, string output) = OtherProgram.Run("sh", ["-c", $"PATH=\"{_work["bin"]}:$PATH\"; {line}"], _work.Folder);
        Assert.True(expected is null || exitCode == expected, $"{line}\n{exitCode}: {output}");
        return output;
    }

    private void Program(string name, string text)
    {
        File.WriteAllText(_work["bin/" + name], text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_work["bin/" + name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
