namespace HandMeshEngine;

/// <summary>The formulas of lenses (docs/cameras.md).</summary>
public enum LensModel
{
    /// <summary>No distortion.</summary>
    Pinhole,

    /// <summary>Brown-Conrady: radial, rational, tangential, thin prism and tilt terms (plumb_bob, radtan, rational_polynomial).</summary>
    BrownConrady,

    /// <summary>RealSense's variant: tangential terms of the radially distorted position.</summary>
    ModifiedBrownConrady,

    /// <summary>Kannala-Brandt with four terms (equidistant, OpenCV's fisheye).</summary>
    Fisheye,

    /// <summary>One angle (Kalibr's fov, RealSense's F-theta).</summary>
    FieldOfView,

    /// <summary>Mei's unified model with radial and tangential terms (omni).</summary>
    Omnidirectional,

    /// <summary>Double sphere.</summary>
    DoubleSphere,

    /// <summary>Extended unified camera model.</summary>
    ExtendedUnified,
}
