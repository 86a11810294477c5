namespace HandMeshEngine;

/// <summary>What a system needs from the caller besides the image and a box around the hand.</summary>
[Flags]
public enum SystemNeeds
{
    /// <summary>Nothing: a camera only improves the place of the hand.</summary>
    None = 0,

    /// <summary>The camera's focal length decides the depth; a guess makes distances wrong by as much.</summary>
    Camera = 1,

    /// <summary>The depth of the wrist; without it the depth follows from an assumed hand size.</summary>
    RootDepth = 2,

    /// <summary>The length of the middle finger's first bone; 5 cm are assumed otherwise.</summary>
    BoneLength = 4,
}
