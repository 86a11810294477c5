namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// One image of a data set with one hand: what is known beforehand, and the truth. Lengths in metres, joints in this library's order,
/// camera frame x right, y down, z forward, pixels of the upright image (docs/evaluation.md).
/// </summary>
/// <param name="Id">The image's name in reports, unique in its set.</param>
/// <param name="File">Path of the picture.</param>
public sealed record EvaluationImage(string Id, string File)
{
    /// <summary>Intrinsics without <see cref="Lens"/>; null if the set does not state any.</summary>
    public Camera? Camera { get; init; }

    /// <summary>The lens of <see cref="Camera"/>; null if nothing is said of it.</summary>
    public Lens? Lens { get; init; }

    /// <summary>Where the hand is; null lets the detector look.</summary>
    public HandBox? Box { get; init; }

    /// <summary>The box is the final square that the network sees: it is not enlarged.</summary>
    public bool BoxIsCrop { get; init; }

    /// <summary>Which hand it is, if known.</summary>
    public Handedness? Handedness { get; init; }

    /// <summary>Depth of the wrist, if known.</summary>
    public double? RootDepth { get; init; }

    /// <summary>Length of the bone from joint 9 to 10, if known.</summary>
    public double? BoneLength { get; init; }

    /// <summary>Total length of the 20 bones, if known.</summary>
    public double? HandSize { get; init; }

    /// <summary>[21] true joints; null if there is no truth.</summary>
    public Vector3d[]? Joints { get; init; }

    /// <summary>[V] true vertices; null if there is no truth.</summary>
    public Vector3d[]? Vertices { get; init; }

    /// <summary>[21] which joints count; null means all.</summary>
    public bool[]? Valid { get; init; }

    /// <summary>Path of the true mask, bright where the hand is; null if there is none.</summary>
    public string? Mask { get; init; }

    /// <summary>A pixel of the mask is hand if its red value is above this.</summary>
    public byte MaskOver { get; init; } = 127;

    /// <summary>The camera with its lens, which needs the size of the picture; null if the set does not state any.</summary>
    /// <exception cref="ArgumentException">The lens does not fit the camera and the picture.</exception>
    public Camera? CameraFor(int width, int height) => Lens is null || Camera is null
        ? Camera
        : new Camera(Camera.Fx, Camera.Fy, Camera.Cx, Camera.Cy, width, height).WithLens(Lens);
}
