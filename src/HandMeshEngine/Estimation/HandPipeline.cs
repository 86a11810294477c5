using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Estimation;

/// <summary>The way from an image to meshes for one system. One caller at a time.</summary>
internal abstract class HandPipeline : IDisposable
{
    /// <summary>The compiled networks.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    /// <summary>True if the weights are stand-ins.</summary>
    public bool HasStandInWeights { get; private set; }

    public static HandPipeline Open(HandSystem system, TensorMap weights, Backend backend, EstimatorOptions options)
    {
        HandPipeline pipeline = system.Open(weights, backend, options);
        pipeline.HasStandInWeights = weights.Metadata.ContainsKey(WeightMetadata.StandIn);
        return pipeline;
    }

    public abstract HandResult CreateResult();

    public abstract HandTrack CreateTrack(TrackerOptions options);

    /// <summary>Predicts the images of a call, as far as the backend likes it all at once.</summary>
    public abstract void Predict(FrameSet frames);

    /// <summary>Opens what calls of so many images need, where several hands or images run at once.</summary>
    public abstract void Prepare(int images);

    public abstract void Track(ImageView image, Camera camera, PredictOptions options, HandTrack track, HandResult result);

    public abstract void Dispose();
}
