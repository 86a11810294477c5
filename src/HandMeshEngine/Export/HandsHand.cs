using System.Text.Json.Serialization;

namespace HandMeshEngine.Export;

/// <summary>A hand in a <see cref="HandsDocument"/>: metres in camera space, null without a place there; numbers that were not finite are NaN.</summary>
public sealed record HandsHand
{
    /// <summary>The same from frame to frame; null if it is not followed.</summary>
    public int? Id { get; init; }

    /// <summary>left or right.</summary>
    public required string Handedness { get; init; }

    /// <summary>Probability that there is a hand.</summary>
    public double? Score { get; init; }

    /// <summary>The wrist.</summary>
    [JsonConverter(typeof(JsonPoint3))]
    public Vector3? Root { get; init; }

    /// <summary>What the root solver added.</summary>
    [JsonConverter(typeof(JsonPoint3))]
    public Vector3? Translation { get; init; }

    /// <summary>The 21 joints.</summary>
    [JsonConverter(typeof(JsonPoints3))]
    public IReadOnlyList<Vector3>? Joints { get; init; }

    /// <summary>The 21 joints in the image, pixels.</summary>
    [JsonConverter(typeof(JsonPoints2))]
    public required IReadOnlyList<Vector2> Keypoints { get; init; }

    /// <summary>Vertices of the mesh.</summary>
    public int VertexCount { get; init; }

    /// <summary>Length of the 20 bones; null for systems that do not scale.</summary>
    public double? HandSize { get; init; }

    /// <summary>given, track, prior or network.</summary>
    public string? HandSizeSource { get; init; }

    /// <summary>The vertices, where they were asked for.</summary>
    [JsonConverter(typeof(JsonPoints3))]
    public IReadOnlyList<Vector3>? Vertices { get; init; }

    /// <summary>The 25 local rotations (<see cref="HandPose.LocalRotations"/>), x y z w, where they were asked for.</summary>
    [JsonConverter(typeof(JsonRotations))]
    public IReadOnlyList<Quaternion>? Rotations { get; init; }

    /// <summary>Where the hand was looked for.</summary>
    public HandsBox? Box { get; init; }

    /// <summary>What the network saw.</summary>
    public HandsCrop? Crop { get; init; }

    /// <summary>How well the place is known.</summary>
    public required HandsPlacement Placement { get; init; }
}
