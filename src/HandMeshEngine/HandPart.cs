namespace HandMeshEngine;

/// <summary>A part of a hand; a pixel of <see cref="HandBuffers.Parts"/> holds it in its three low bits (docs/buffers.md).</summary>
public enum HandPart
{
    /// <summary>No hand.</summary>
    None,

    /// <summary>Palm, back of the hand and wrist.</summary>
    Palm,

    /// <summary>The thumb with its metacarpal.</summary>
    Thumb,

    /// <summary>The index finger from its knuckle on.</summary>
    Index,

    /// <summary>The middle finger from its knuckle on.</summary>
    Middle,

    /// <summary>The ring finger from its knuckle on.</summary>
    Ring,

    /// <summary>The little finger from its knuckle on.</summary>
    Little,
}
