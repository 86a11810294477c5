namespace HandMeshEngine;

/// <summary>The 25 joints of a hand in the order of WebXR's hand input, which OpenXR's hand tracking has too, after its palm.</summary>
public enum HandJoint
{
    /// <summary>The wrist, parent of the five metacarpals.</summary>
    Wrist,

    /// <summary>Base of the thumb (CMC).</summary>
    ThumbMetacarpal,

    /// <summary>The thumb's knuckle (MCP).</summary>
    ThumbProximal,

    /// <summary>The thumb's last joint (IP).</summary>
    ThumbDistal,

    /// <summary>Tip of the thumb.</summary>
    ThumbTip,

    /// <summary>Base of the index finger's metacarpal, near the wrist.</summary>
    IndexMetacarpal,

    /// <summary>Knuckle of the index finger (MCP).</summary>
    IndexProximal,

    /// <summary>Middle joint of the index finger (PIP).</summary>
    IndexIntermediate,

    /// <summary>Last joint of the index finger (DIP).</summary>
    IndexDistal,

    /// <summary>Tip of the index finger.</summary>
    IndexTip,

    /// <summary>Base of the middle finger's metacarpal.</summary>
    MiddleMetacarpal,

    /// <summary>Knuckle of the middle finger.</summary>
    MiddleProximal,

    /// <summary>Middle joint of the middle finger.</summary>
    MiddleIntermediate,

    /// <summary>Last joint of the middle finger.</summary>
    MiddleDistal,

    /// <summary>Tip of the middle finger.</summary>
    MiddleTip,

    /// <summary>Base of the ring finger's metacarpal.</summary>
    RingMetacarpal,

    /// <summary>Knuckle of the ring finger.</summary>
    RingProximal,

    /// <summary>Middle joint of the ring finger.</summary>
    RingIntermediate,

    /// <summary>Last joint of the ring finger.</summary>
    RingDistal,

    /// <summary>Tip of the ring finger.</summary>
    RingTip,

    /// <summary>Base of the little finger's metacarpal.</summary>
    LittleMetacarpal,

    /// <summary>Knuckle of the little finger.</summary>
    LittleProximal,

    /// <summary>Middle joint of the little finger.</summary>
    LittleIntermediate,

    /// <summary>Last joint of the little finger.</summary>
    LittleDistal,

    /// <summary>Tip of the little finger.</summary>
    LittleTip,
}
