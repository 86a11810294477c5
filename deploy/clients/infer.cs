// A photo to joints over HTTP: dotnet run infer.cs photo.jpg [http://localhost:8000]
using System.Text.Json.Nodes;

string server = args.Length > 1 ? args[1] : "http://localhost:8000";
var request = new JsonObject
{
    ["inputs"] = new JsonArray(new JsonObject
    {
        ["name"] = "IMAGE",
        ["datatype"] = "BYTES",
        ["shape"] = new JsonArray(1, 1),
        ["data"] = new JsonArray(Convert.ToBase64String(await File.ReadAllBytesAsync(args[0]))),
    }),
    ["outputs"] = new JsonArray(new[] { "HANDS", "HANDEDNESS", "JOINTS" }.Select(JsonNode? (name) => new JsonObject { ["name"] = name }).ToArray()),
};
using var client = new HttpClient();
using var content = new StringContent(request.ToJsonString());
HttpResponseMessage response = await client.PostAsync($"{server}/v2/models/mediapipe-hand/infer", content);
JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine(answer["error"]);
    return 1;
}

JsonArray Data(int output) => answer["outputs"]![output]!["data"]!.AsArray();
for (int hand = 0; hand < (int)Data(0)[0]!; hand++)
{
    Console.WriteLine($"{Data(1)[hand]} wrist at {Data(2)[63 * hand]}, {Data(2)[(63 * hand) + 1]}, {Data(2)[(63 * hand) + 2]} m");
}

return 0;
