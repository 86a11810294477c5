namespace HandMeshEngine.Server.Tests;

/// <summary>Every system is a model.</summary>
public sealed class SystemTests
{
    [Fact]
    public async Task Every_system_answers_as_the_library_does()
    {
        EstimatorOptions Options(HandSystem system) => TestServer.Lite with { System = system.Id, Variant = null, Weights = system.ShipsWithWeights ? null : "random:0" };
        await using TestServer server = await TestServer.StartAsync(options =>
        {
            foreach (HandSystem system in HandSystems.All)
            {
                options.Models.Add(new ServedModelOptions(system.Id, Options(system), 1));
            }
        });
        byte[] packed = Photos.Pack(Photos.Pointing);
        RgbImage image = RgbImage.Decode(Photos.Pointing);
        var known = new PredictOptions { Box = new HandBox(150, 60, 300, 360), Handedness = Handedness.Left, RootDepth = 0.4, BoneLength = 0.04 };
        JsonNode[] inputs =
        [
            Photos.Tensor("BOX", "FP64", [1, 4], 150, 60, 300, 360), Photos.Tensor("HANDEDNESS", "BYTES", [1, 1], "left"),
            Photos.Tensor("ROOT_DEPTH", "FP64", [1, 1], 0.4), Photos.Tensor("BONE_LENGTH", "FP64", [1, 1], 0.04),
        ];
        foreach (HandSystem system in HandSystems.All)
        {
            JsonNode[] sent = [.. inputs.Select(input => input.DeepClone())];
            Answer answer = await Answer.OfAsync(await server.InferAsync(Photos.Request(packed, 1, sent), packed, system.Id));
            using HandEstimator library = HandEstimator.Open(Options(system));
            answer.AssertHands(library.Predict(image, Camera.Guess(image.Width, image.Height), known), 0);
        }
    }
}
