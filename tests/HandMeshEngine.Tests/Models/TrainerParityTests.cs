using HandMeshEngine.Cases;
using HandMeshEngine.Cases.Parity;
using HandMeshEngine.Compute;

namespace HandMeshEngine.Tests.Models;

/// <summary>inceptiongraph and pixelaligned against every case of theirs that is found.</summary>
public sealed class TrainerParityTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string system in (string[])["inceptiongraph", "pixelaligned"])
            {
                foreach (string file in CaseFolders.Files(system))
                {
                    data.Add(system, Path.GetFileName(file));
                }
            }

            return data;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Every_stage_is_within_its_tolerance_on_the_cpu(string system, string name)
    {
        string file = CaseFolders.Files(system).Single(path => Path.GetFileName(path) == name);
        using Backend backend = Devices.Open("cpu");
        StageReport report = system == "inceptiongraph" ? InceptionGraphCase.Run(backend, file) : PixelAlignedCase.Run(backend, file);
        foreach (StageResult result in report.Results)
        {
            output.WriteLine(result.ToString());
        }

        Assert.NotEmpty(report.Results);
        Assert.True(report.FirstFailure is null, report.FirstFailure?.ToString());
    }
}
