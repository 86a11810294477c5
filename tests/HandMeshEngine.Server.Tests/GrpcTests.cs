using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Server.Tests;

/// <summary>gRPC with clients that know the protocol and nothing of this server.</summary>
public sealed class GrpcTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string _photo = Path.Combine(RepositoryFolder.Require(), "tests", "photos", "pointing.jpg");

    [Fact]
    public async Task Grpc_js_gets_every_answer_of_the_protocol_and_its_errors()
    {
        string proto = Path.Combine(RepositoryFolder.Require(), "src", "HandMeshEngine.Server", "Grpc", "open_inference.proto");
        JsonNode said = await RunAsync("node", "require('@grpc/grpc-js'); require('@grpc/proto-loader')", "-e", "grpc_client.js", proto, Authority(), _photo);

        foreach (string well in new[] { "live", "ready", "modelReady" })
        {
            Assert.True(said[well]!.GetValue<bool>(), well);
        }

        Assert.Equal("handmesh", said["server"]!.GetValue<string>());
        Assert.Contains("INTRINSICS", said["inputs"].Deserialize<string[]>()!);
        Assert.Equal(["READY"], said["index"].Deserialize<string[]>()!);
        Assert.Equal("js", said["id"]!.GetValue<string>());
        Assert.Equal("[[1,1],[1,1,1360,3]]", said["shapes"]!.ToJsonString());
        Assert.Equal(MemoryMarshal.Cast<Vector3, float>(Expected()[0].Vertices).ToArray(), Floats(said["vertices"]!));
        int[] ids = said["ids"].Deserialize<int[]>()!;
        Assert.True(ids[0] >= 0 && ids[0] == ids[1]);
        Assert.Equal(3, said["after"]!.GetValue<int>());
        Assert.Equal(5, said["unknown"]!.GetValue<int>());
        Assert.Equal(3, said["noImage"]!["code"]!.GetValue<int>());
        Assert.StartsWith("IMAGE is missing: send BYTES [N, 1]", said["noImage"]!["details"]!.GetValue<string>());
        Assert.Equal(3, said["noPicture"]!.GetValue<int>());
        Assert.Equal(3, said["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Grpcio_reads_and_writes_the_protocol_s_bytes()
    {
        JsonNode said = await RunAsync("/usr/bin/python3", "import grpc", "-c", "grpc_client.py", Authority(), _photo);

        Assert.Equal("[[1,1]]", said["live"]!.ToJsonString());
        Assert.Equal(MemoryMarshal.Cast<Vector3, float>(Expected()[0].Joints).ToArray(), Floats(said["joints"]!));
        Assert.Equal("UNKNOWN", said["garbage"]!.GetValue<string>());
        Assert.Equal("UNKNOWN", said["truncated"]!.GetValue<string>());
        Assert.Equal("RESOURCE_EXHAUSTED", said["huge"]!.GetValue<string>());
        Assert.Equal("UNIMPLEMENTED", said["method"]!.GetValue<string>());
        Assert.True(shared.Server.Host.IsReady);
    }

    private HandResult Expected()
    {
        RgbImage image = RgbImage.Decode(Photos.Pointing);
        return shared.Library.Predict(image, Camera.Guess(image.Width, image.Height));
    }

    private string Authority() => shared.Server.GrpcAddress.Authority;

    private static float[] Floats(JsonNode base64) => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64.GetValue<string>())).ToArray();

    // Interpreters and packages that are not on every machine; CI has them.
    private static async Task<JsonNode> RunAsync(string program, string probe, string probeOption, string script, params string[] arguments)
    {
        (int missing, _, string reason) = await StartAsync(program, [probeOption, probe]);
        Assert.SkipUnless(missing == 0, $"{program} or a package of it is not there: {reason}");
        (int code, string output, string error) = await StartAsync(program, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["NODE_PATH"] = Environment.GetEnvironmentVariable("NODE_PATH") ?? Path.Combine(RepositoryFolder.Require(), "tests", "node", "node_modules") },
            })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, string.Empty, exception.Message);
        }
    }
}
