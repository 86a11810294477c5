namespace HandMeshEngine.Cli.Tests;

/// <summary>tools/training: its own tests, and each system trained for a moment, converted and verified as docs/training.md says.</summary>
public sealed class TrainingKitTests : IDisposable
{
    private const int Steps = 20;

    private static readonly string _kit = Path.Combine(Workspace.Repository, "tools", "training");

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("test_losses")]
    [InlineData("test_kit")]
    public void The_kits_own_tests_pass(string module)
    {
        (int exitCode, string output) = Python("-m", "unittest", module);

        Assert.True(exitCode == 0, output);
        Assert.Matches("Ran [1-9][0-9]* tests", output);
    }

    // The other systems take minutes of a core each.
    [Theory]
    [InlineData("inceptiongraph", "--batch", "1")]
    public void Twenty_steps_on_a_synthetic_hand_lower_the_loss_and_the_checkpoint_verifies(string system, params string[] options)
    {
        (int exitCode, string output) = Python(
            ["train.py", system, "--out", _work["run"], "--steps", $"{Steps}", "--distinct", "1", "--device", "cpu", .. options]);
        Assert.True(exitCode == 0, output);
        AssertFell(_work["run/log.csv"]);

        string trained = _work[$"run/{system}.safetensors"], tables = _work[$"run/{system}.tables.safetensors"];
        (exitCode, output) = Python("checkpoint.py", "case", trained, _work["case.safetensors"]);
        Assert.True(exitCode == 0, output);
        (exitCode, output) = Handmesh("convert", system, trained, "--tables", tables, "--out", _work["hand.safetensors"]);
        Assert.True(exitCode == 0, output);
        (exitCode, output) = Handmesh("verify", "--reference", _work["case.safetensors"], "--weights", _work["hand.safetensors"], "--device", "cpu");
        Assert.True(exitCode == 0, output);
        Assert.Matches("all [3-9][0-9] comparisons passed", output);
    }

    [Fact]
    public void The_pages_commands_train_convert_and_verify()
    {
        string page = File.ReadAllText(Path.Combine(Workspace.Repository, "docs", "training.md"));
        string block = page.Split("```sh\n")[1].Split("```")[0].Replace("/tmp/", _work.Folder + "/", StringComparison.Ordinal);
        int commands = 0;
        foreach (string[] words in block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            if (words[0] == "cd")
            {
                continue;
            }

            (int exitCode, string output) = words[0] == "python3" ? Python(words[1..]) : Handmesh(words[1..]);
            Assert.True(exitCode == 0, output);
            commands++;
        }

        Assert.Equal(4, commands);
        AssertFell(_work["run/log.csv"]);
    }

    private static void AssertFell(string log)
    {
        double[] losses = [.. File.ReadLines(log).Skip(1).Select(line => double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture))];
        Assert.Equal(Steps, losses.Length);
        Assert.True(losses[^3..].Average() < 0.9 * losses[..3].Average(), string.Join(' ', losses));
    }

    private static (int ExitCode, string Output) Handmesh(params string[] arguments)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(arguments);
        return (exitCode, output + errors);
    }

    private static (int ExitCode, string Output) Python(params string[] arguments)
    {
        string? python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(
            candidate => OtherProgram.Run(candidate, ["-c", "import torch, scipy, PIL"]).ExitCode == 0);
        Assert.SkipWhen(python is null, "there is no python3 with torch, scipy and PIL here");
        return OtherProgram.Run(python, arguments, _kit, ("PYTHONDONTWRITEBYTECODE", "1"), ("OMP_NUM_THREADS", "1"));
    }
}
