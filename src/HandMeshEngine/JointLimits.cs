namespace HandMeshEngine;

/// <summary>In which way a joint is bent further than people can. A flag, not a correction: the pose is left as it was seen.</summary>
[Flags]
public enum JointLimits
{
    /// <summary>Within the range of people.</summary>
    None = 0,

    /// <summary>Bent too far toward the palm.</summary>
    Flexion = 1,

    /// <summary>Bent too far backward.</summary>
    Extension = 2,

    /// <summary>Bent too far to either side.</summary>
    Sideways = 4,
}
