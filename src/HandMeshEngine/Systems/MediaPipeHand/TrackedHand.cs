using HandMeshEngine.Rig;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>One hand of a video.</summary>
internal sealed class TrackedHand
{
    // A hand does not change sides: evidence adds up, and old frames fade over about a second of 30 Hz video.
    private const float Memory = 0.97f;

    private float _evidence;
    private float _weight;

    public int Id { get; private set; }

    /// <summary>The reading of this frame.</summary>
    public Landmarks Now { get; } = new();

    /// <summary>Where the next frame looks.</summary>
    public Crop NextCrop { get; private set; }

    /// <summary>Bone lengths so far.</summary>
    public HandSize Size { get; } = new();

    /// <summary>Probability of a right hand, averaged over the frames so far.</summary>
    public float RightProbability => _weight > 0 ? _evidence / _weight : 0;

    public Handedness Handedness => Landmarks.Likelier(RightProbability);

    /// <summary>Starts over with another hand.</summary>
    public void Begin(int id, in Crop crop, double? size)
    {
        Id = id;
        NextCrop = crop;
        Size.Reset(size);
        _evidence = 0;
        _weight = 0;
    }

    /// <summary>Takes this frame's reading over.</summary>
    public void Follow()
    {
        NextCrop = Now.NextCrop;
        _evidence = (Memory * _evidence) + Now.RightProbability;
        _weight = (Memory * _weight) + 1;
    }
}
