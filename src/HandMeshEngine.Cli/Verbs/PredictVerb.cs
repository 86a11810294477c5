using HandMeshEngine.Cli.Prediction;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh predict</c>: images to meshes and pictures.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        var images = new Argument<string[]>("image")
        {
            Description = "JPEG, PNG, WebP, BMP, TIFF, TGA, PBM or GIF files, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var common = new CommonOptions();
        var cameras = new CameraOptions();
        var knowledge = new KnowledgeOptions();
        var outputs = new OutputOptions();
        var sequence = new Option<bool>("--sequence")
        {
            Description = "Treat each folder as the frames of one video: hands are tracked and keep their ids; one JSON line a frame.",
        };
        var verb = new Command("predict", "Finds hands in images and writes their meshes in camera space.") { images };
        common.AddTo(verb);
        cameras.AddTo(verb);
        knowledge.AddTo(verb);
        verb.Options.Add(sequence);
        outputs.AddTo(verb);
        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.Read(parsed);
            CameraChoice camera = cameras.Read(parsed);
            PredictOptions known = knowledge.Read(parsed);
            OutputSettings output = outputs.Read(parsed);
            bool isSequence = parsed.GetValue(sequence);
            if (isSequence && known != PredictOptions.None)
            {
                throw new ArgumentException("--box, --hand, --hand-size, --root-depth and --bone-length are about single images; --sequence finds and follows the hands itself");
            }

            string[] paths = parsed.GetValue(images)!;
            IReadOnlyList<string> files = isSequence ? [] : ImageList.Expand(paths);
            IReadOnlyList<Video> videos = isSequence ? Video.Find(paths) : [];
            output.Prepare(isSequence ? [.. videos.Select(video => video.Name)] : [.. files.Select(file => Path.GetFileNameWithoutExtension(file))]);

            var photos = new Photos(files);
            using HandEstimator estimator = HandEstimator.Open(options);
            Notes.Print(estimator, camera);
            return isSequence
                ? new SequenceRun(estimator, camera, output).Run(videos)
                : new PhotoRun(estimator, photos, camera, known, output).Run();
        });
        return verb;
    }
}
