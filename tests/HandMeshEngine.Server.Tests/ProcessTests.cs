using System.Diagnostics;

namespace HandMeshEngine.Server.Tests;

/// <summary>The server as a process: mistakes at its start, and SIGTERM under load.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("--address 0.0.0.0", 2, "add --token-file FILE, or --unsafe-open")]
    [InlineData("--queue 0", 2, "a queue of 0 must be")]
    [InlineData("--system handdgp", 2, "ships without weights")]
    [InlineData("--system other", 2, "'other' is no system")]
    [InlineData("--model nowhere.safetensors", 3, "nowhere.safetensors")]
    [InlineData("--token-file nowhere", 3, "nowhere")]
    [InlineData("--device cuda:77", 4, "handmesh serve: ")]
    [InlineData("--port -1", 2, "--port -1 must be")]
    [InlineData("--frobnicate", 2, "--frobnicate")]
    public async Task A_mistake_ends_the_start_with_one_sentence(string arguments, int code, string sentence)
    {
        using Process process = Start($"{arguments} --log none" + (arguments.Contains("port") ? "" : " --port 0") + " --grpc-port 0");
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains(sentence, error);
        Assert.Equal(code, process.ExitCode);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Sigterm_under_load_loses_nothing_that_was_accepted_and_ends_with_0()
    {
        using Process process = Start("--variant lite --estimators 1 --threads 1 --port 0 --no-grpc");
        string? line;
        Uri? address = null;
        while (address is null && (line = await process.StandardError.ReadLineAsync()) is not null)
        {
            address = line.Split("listening on ") is [_, string url] ? new Uri(url) : null;
        }

        _ = process.StandardError.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = address };
        while ((await client.GetAsync("/v2/health/ready")).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(50);
        }

        byte[] packed = Photos.Pack(Photos.Pointing);
        byte[] head = Encoding.UTF8.GetBytes(Photos.Request(packed, 1).ToJsonString());
        using var stop = new CancellationTokenSource();
        Task<(int Answered, int Cut)>[] senders = [.. Enumerable.Range(0, 6).Select(_ => SendAsync(client, head, packed, stop.Token))];
        await Task.Delay(500);
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        await stop.CancelAsync();
        (int answered, int cut) = (await Task.WhenAll(senders)).Aggregate((sum, each) => (sum.Answered + each.Answered, sum.Cut + each.Cut));
        Assert.Equal(0, process.ExitCode);
        Assert.True(answered > 0);
        Assert.Equal(0, cut);
    }

    // An answer that began and broke off is a loss; a connection that was refused or reset before is not.
    private static async Task<(int Answered, int Cut)> SendAsync(HttpClient client, byte[] head, byte[] packed, CancellationToken stop)
    {
        int answered = 0, cut = 0;
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/mediapipe-hand/infer") { Content = new ByteArrayContent([.. head, .. packed]) };
            request.Headers.Add("Inference-Header-Content-Length", $"{head.Length}");
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
                try
                {
                    await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
                    answered++;
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    cut++;
                }
            }
            catch (HttpRequestException)
            {
                return (answered, cut);
            }
        }

        return (answered, cut);
    }

    private static Process Start(string arguments) => Process.Start(new ProcessStartInfo("dotnet", $"{Path.Combine(AppContext.BaseDirectory, "HandMeshEngine.Server.dll")} {arguments}")
    {
        RedirectStandardError = true,
    })!;
}
