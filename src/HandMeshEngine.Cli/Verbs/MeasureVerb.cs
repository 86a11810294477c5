using System.Numerics;
using System.Text.Json.Nodes;
using HandMeshEngine.Images;
using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh measure</c>: the size of one's own hand, which decides how far hands are placed.</summary>
internal static class MeasureVerb
{
    private const int IndexKnuckle = 5;
    private const int MiddleKnuckle = 9;
    private const int LittleKnuckle = 17;

    public static Command Create()
    {
        var images = new Argument<string[]>("image") { Description = "Photos of one hand, open and seen flat; several give a median.", Arity = ArgumentArity.OneOrMore };
        var common = new CommonOptions();
        var cameras = new CameraOptions();
        var distance = new Option<double?>("--distance")
        {
            Description = "From the lens to the middle finger's knuckle, metres; needs a known camera.",
            HelpName = "M",
        };
        var knuckles = new Option<double?>("--knuckles")
        {
            Description = "From the middle of the index finger's knuckle to that of the little finger, metres (a ruler across the fist); needs no camera.",
            HelpName = "M",
        };
        var verb = new Command("measure", "Measures the hand in photos, for --hand-size: from a known distance, or from two knuckles.") { images };
        common.AddTo(verb);
        cameras.AddTo(verb);
        var json = new JsonOption();
        verb.AddAll(distance, knuckles, json);
        verb.SetAction(parsed =>
        {
            double? metres = parsed.GetValue(distance), apart = parsed.GetValue(knuckles);
            if ((metres is null) == (apart is null) || !((metres ?? apart) is > 0 and < 100))
            {
                throw new ArgumentException("give either --distance or --knuckles, in metres, above 0");
            }

            EstimatorOptions options = common.Read(parsed);
            if (options.System != HandSystems.Default.Id)
            {
                throw new ArgumentException($"hands are measured by {HandSystems.Default.Id}; leave --system out");
            }

            CameraChoice camera = cameras.Read(parsed);
            string[] files = parsed.GetValue(images)!;
            using HandEstimator estimator = HandEstimator.Open(options with { MaxHands = 1 });
            return Measure(estimator, camera, files, metres, apart, parsed.GetValue(json));
        });
        return verb;
    }

    private static int Measure(HandEstimator estimator, CameraChoice cameras, IReadOnlyList<string> files, double? distance, double? knuckles, bool json)
    {
        var own = new PredictOptions { UsesSizePrior = false };
        var decoder = new ImageFileDecoder();
        var sizes = new List<double>();
        var each = new JsonArray();
        foreach (string file in files)
        {
            RgbImage image = decoder.Load(file);
            Camera camera = cameras.Of(image, estimator);
            HandResult result = estimator.Predict(image, camera, own);
            if (result.Count == 0 || !result[0].Placement.IsPlaced)
            {
                ErrorLine.Write($"{file}: no hand found");
                continue;
            }

            if (distance is not null && camera.Source == CameraSource.Guess)
            {
                throw new ArgumentException($"{file}: its camera is a guess, and the size would be as wrong as the guess; give --fov, --camera or --camera-file, or measure by --knuckles");
            }

            // Everything scales with the size: where the hand is, and how far its knuckles are apart.
            HandMesh hand = result[0];
            double seen = distance is not null
                ? hand.Joints[MiddleKnuckle].Length()
                : Vector3.Distance(hand.RelativeJoints[IndexKnuckle], hand.RelativeJoints[LittleKnuckle]);
            double size = hand.Size * (distance ?? knuckles!.Value) / seen;
            sizes.Add(size);
            each.Add((JsonNode)new JsonObject { ["file"] = file, ["handSize"] = size });
            if (!json)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {size:0.000} m"));
            }
        }

        if (sizes.Count == 0)
        {
            return ExitCode.No;
        }

        sizes.Sort();
        double median = (sizes[(sizes.Count - 1) / 2] + sizes[sizes.Count / 2]) / 2;
        Console.WriteLine(json
            ? JsonText.Of(new JsonObject { ["handSize"] = median, ["images"] = each })
            : string.Create(CultureInfo.InvariantCulture, $"--hand-size {median:0.000}"));
        return ExitCode.Fine;
    }
}
