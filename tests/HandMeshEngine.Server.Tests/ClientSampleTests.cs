using System.Diagnostics;

namespace HandMeshEngine.Server.Tests;

/// <summary>The clients of deploy/clients, against this server.</summary>
public sealed class ClientSampleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/usr/bin/python3", "infer.py")]
    [InlineData("node", "infer.mjs")]
    public async Task A_client_prints_where_the_wrist_is(string program, string sample)
    {
        string root = RepositoryFolder.Require();
        Process? process;
        try
        {
            process = Process.Start(new ProcessStartInfo(
                program, [Path.Combine(root, "deploy", "clients", sample), Path.Combine(root, "tests", "photos", "pointing.jpg"), shared.Server.Address.ToString().TrimEnd('/')])
            {
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Assert.Skip($"{program} is not there: {exception.Message}");
            return;
        }

        using (process!)
        {
            string output = await process!.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Matches(@"^(left|right) wrist at -?\d+\.\d+, -?\d+\.\d+, \d+\.\d+ m\n$", output);
        }
    }
}
