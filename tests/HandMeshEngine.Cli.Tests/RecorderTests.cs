namespace HandMeshEngine.Cli.Tests;

/// <summary>tools/record_case.py on a small module.</summary>
public sealed class RecorderTests
{
    private const string Script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import torch
        from record_case import record
        torch.manual_seed(1)
        model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
        model.train()
        written = record(model, {"input": torch.randn(2, 3)}, sys.argv[2], stages={"0": "net.hidden"}, outputs="net.out",
                         extra={"faces": torch.tensor([[0, 1, 2]])}, metadata={"seed": "mine"})
        assert model.training
        for wrong in ({"9": "x"}, {"0": "net.out"}):
            try:
                record(model, {"input": torch.randn(2, 3)}, sys.argv[2], stages=wrong, outputs="net.out")
                sys.exit("accepted " + str(wrong))
            except (KeyError, ValueError) as error:
                print(error)
        """;

    [Fact]
    public void A_modules_stages_are_recorded_under_the_names_that_were_given()
    {
        string? python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(candidate => OtherProgram.Run(candidate, ["-c", "import torch"]).ExitCode == 0);
        Assert.SkipWhen(python is null, "there is no python3 with torch here");
        using var work = new Workspace();
        (int exitCode, string output) = OtherProgram.Run(python, ["-c", Script, Path.Combine(Workspace.Repository, "tools"), work["mine.safetensors"]]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("the module has no submodule 9; it has 0, 1", output);
        Assert.Contains("two tensors are called net.out", output);
        TensorMap tensors = SafetensorsFile.Read(work["mine.safetensors"]);
        Assert.Equal(["input", "net.hidden", "net.out", "faces"], tensors.Names);
        Assert.Equal("mine", tensors.Metadata["seed"]);
        Assert.Equal(new Shape(2, 4), tensors["net.hidden"].Shape);
        Assert.Equal(2, tensors["faces"].Span<long>()[2]);
        Assert.NotEqual(tensors["net.hidden"][0], tensors["net.out"][0]);
    }
}
