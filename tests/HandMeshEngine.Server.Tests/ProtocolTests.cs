namespace HandMeshEngine.Server.Tests;

/// <summary>Every endpoint of the protocol over HTTP, and what it says to mistakes.</summary>
public sealed class ProtocolTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Health_server_and_models_are_described()
    {
        HttpClient client = _server.Client;
        Assert.True((await GetAsync("/v2/health/live"))["live"]!.GetValue<bool>());
        Assert.True((await GetAsync("/v2/health/ready"))["ready"]!.GetValue<bool>());
        JsonNode server = await GetAsync("/v2");
        Assert.Equal("handmesh", server["name"]!.GetValue<string>());
        Assert.Equal(["binary_tensor_data", "model_repository", "sequence"], server["extensions"].Deserialize<string[]>()!);
        foreach (string path in new[] { "/v2/models/mediapipe-hand", "/v2/models/mediapipe-hand/versions/1" })
        {
            Assert.True((await GetAsync(path + "/ready"))["ready"]!.GetValue<bool>());
            JsonNode model = await GetAsync(path);
            Assert.Equal("mediapipe-hand", model["name"]!.GetValue<string>());
            Assert.Equal(["1"], model["versions"].Deserialize<string[]>()!);
            Assert.Equal("IMAGE", model["inputs"]![0]!["name"]!.GetValue<string>());
            Assert.Equal([-1, 1], model["inputs"]![0]!["shape"].Deserialize<int[]>()!);
            Assert.Contains(model["outputs"]!.AsArray(), output => output!["name"]!.GetValue<string>() == "VERTICES" && output["datatype"]!.GetValue<string>() == "FP32");
        }

        foreach (string body in new[] { "", "{}", "{\"ready\":true}" })
        {
            HttpResponseMessage index = await client.PostAsync("/v2/repository/index", new StringContent(body));
            JsonNode entry = Assert.Single(JsonNode.Parse(await index.Content.ReadAsStringAsync())!.AsArray())!;
            Assert.Equal("READY", entry["state"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("GET", "/v2/models/other", 404, "there is no model of that name")]
    [InlineData("GET", "/v2/models/mediapipe-hand/versions/2", 404, "has the version 1 only")]
    [InlineData("GET", "/v2/models/other/ready", 404, "there is no model")]
    [InlineData("POST", "/v2/models/other/infer", 404, "there is no model")]
    [InlineData("POST", "/v2/repository/models/mediapipe-hand/unload", 501, "those that it was started with")]
    [InlineData("GET", "/v3", 404, "there is nothing at this path")]
    [InlineData("GET", "/v2/models/..%2F..%2Fetc%2Fpasswd", 404, "there is no model")]
    [InlineData("DELETE", "/v2", 405, "another method")]
    [InlineData("POST", "/v2/repository/index", 400, "the body must be nothing or JSON", "{")]
    public async Task What_is_not_there_is_said_with_its_status(string method, string path, int status, string sentence, string body = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body) };
        Assert.Contains(sentence, await Refused.ReadAsync(await _server.Client.SendAsync(request), (HttpStatusCode)status));
    }

    [Theory]
    [InlineData("", "the body is no JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{\"inputs\":[]}", "IMAGE is missing")]
    [InlineData("{\"inputs\":[]} x", "the body is no JSON")]
    [InlineData("{\"inputs\":{}}", "inputs must be an array")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\"}]}", "no name or no shape")]
    [InlineData("{\"inputs\":[{\"name\":\"SECRET\",\"shape\":[1]}]}", "there is no input of that name")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"FP16\",\"data\":[1]}]}", "FP16, which this server does not read")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"no base64!\"]}]}", "no base64")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"aGFuZA==\"]}]}", "no JPEG, PNG or WebP")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[]}]}", "has 0 strings, but its shape [1, 1] takes 1")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[7]}]}", "element 0 of IMAGE is no string")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[0,1],\"datatype\":\"BYTES\",\"data\":[]}]}", "has 0 images")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,-1],\"datatype\":\"BYTES\",\"data\":[]}]}", "whole numbers from 0")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[4294967296,4294967296],\"datatype\":\"UINT8\",\"data\":[]}]}", "more than 2^31 elements")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1,1,3],\"datatype\":\"UINT8\",\"data\":[1,2,256]}]}", "element 2 of IMAGE is no UINT8")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1,1,4],\"datatype\":\"UINT8\",\"data\":[1,2,3,4]}]}", "send BYTES [N, 1]")]
    [InlineData("{\"inputs\":[{\"name\":\"IMAGE\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":9}}]}", "only 0 are left")]
    [InlineData("{\"inputs\":[],\"outputs\":[{\"name\":\"VERTEXES\"}]}", "there is no output of the name that output 0 has")]
    [InlineData("{\"inputs\":[],\"parameters\":{\"sequence_start\":true}}", "need a sequence_id", true)]
    [InlineData("{\"inputs\":[],\"parameters\":{\"timeout\":-1}}", "a timeout is microseconds")]
    public async Task A_request_that_makes_no_sense_is_answered_with_one_sentence(string body, string sentence, bool withImage = false)
    {
        string sent = withImage ? body.Replace("[]", $"[{Photos.Tensor("IMAGE", "UINT8", [1, 1, 1, 3], 1, 2, 3).ToJsonString()}]", StringComparison.Ordinal) : body;
        HttpResponseMessage response = await _server.Client.PostAsync("/v2/models/mediapipe-hand/infer", new StringContent(sent));
        Assert.Contains(sentence, await Refused.ReadAsync(response, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Values_that_the_library_refuses_come_back_as_its_sentence()
    {
        byte[] packed = Photos.Pack(Photos.Pointing);
        string box = await Refused.ReadAsync(await _server.InferAsync(Photos.Request(packed, 1, Photos.Tensor("BOX", "FP64", [1, 4], 9000, 0, 10, 10)), packed), HttpStatusCode.BadRequest);
        Assert.Contains("lies outside the image; give a box inside the", box);
        string camera = await Refused.ReadAsync(await _server.InferAsync(Photos.Request(packed, 1, Photos.Tensor("INTRINSICS", "FP64", [1, 4], 0, 1, 1, 1)), packed), HttpStatusCode.BadRequest);
        Assert.Contains("the focal lengths (0, 1) must be", camera);
        byte[] cut = Photos.Pack(Photos.Pointing, Photos.Pointing[..2000]);
        string image = await Refused.ReadAsync(await _server.InferAsync(Photos.Request(cut, 2), cut), HttpStatusCode.BadRequest);
        Assert.StartsWith("image 1 of 2: ", image);
    }

    [Fact]
    public async Task A_request_keeps_its_id_and_one_without_gets_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2");
        request.Headers.Add("X-Request-Id", "job-17.4");
        Assert.Equal("job-17.4", (await _server.Client.SendAsync(request)).Headers.GetValues("X-Request-Id").Single());
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/v2");
        forged.Headers.TryAddWithoutValidation("X-Request-Id", "a\tforged=line");
        Assert.Matches("^[0-9a-f]{32}$", (await _server.Client.SendAsync(forged)).Headers.GetValues("X-Request-Id").Single());
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        HttpResponseMessage response = await _server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
