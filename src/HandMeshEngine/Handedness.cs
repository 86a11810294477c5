namespace HandMeshEngine;

/// <summary>Which hand it is: the person's own left or right, as seen in an image that is not mirrored.</summary>
public enum Handedness
{
    /// <summary>The person's left hand.</summary>
    Left,

    /// <summary>The person's right hand.</summary>
    Right,
}
