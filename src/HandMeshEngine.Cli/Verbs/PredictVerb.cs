using HandMeshEngine.Cli.Prediction;
using HandMeshEngine.Cli.Prediction.Inputs;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh predict</c>: images to meshes and pictures.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        var sources = new SourceOptions();
        var common = new CommonOptions();
        var cameras = new CameraOptions();
        var knowledge = new KnowledgeOptions();
        var tracking = new TrackingOptions();
        var outputs = new OutputOptions();
        var verb = new Command("predict", "Finds hands in images and writes their meshes in camera space.");
        sources.AddTo(verb);
        common.AddTo(verb);
        cameras.AddTo(verb);
        knowledge.AddTo(verb);
        tracking.AddTo(verb);
        outputs.AddTo(verb);
        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.Read(parsed);
            CameraChoice camera = cameras.Read(parsed);
            PredictOptions known = knowledge.Read(parsed);
            OutputSettings output = outputs.Read(parsed, sources.IsPipe(parsed));
            var loader = new PictureLoader(sources.ReadPictures(parsed));
            IReadOnlyList<Source> found = sources.Read(parsed, loader, known);
            TrackerOptions followed = tracking.Read(parsed, found.Any(source => source.IsVideo));
            if (output.OverlayVideo is { } video && (found.Count > 1 || found.Any(source => !source.IsVideo)))
            {
                throw new ArgumentException($"--overlay-video {video} takes one video, and there are {found.Count} sources or photos; run it for each");
            }

            if (output.Folder is { } folder)
            {
                OutputPath.RequireFolder("--out", folder);
            }

            // Read while the networks open: hashing large weights takes a while.
            Task<string> identity = Task.Run(() => RunIdentity.Of(parsed, options));
            using HandEstimator estimator = HandEstimator.Open(options);
            Notes.Print(estimator, camera);
            return new PredictionRun(estimator, new RunSettings(camera, known, followed, output, identity), loader).Run(found);
        });
        return verb;
    }
}
