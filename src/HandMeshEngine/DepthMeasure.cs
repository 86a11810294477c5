namespace HandMeshEngine;

/// <summary>What a depth buffer measures.</summary>
public enum DepthMeasure
{
    /// <summary>Z: the distance along the camera's axis, as depth cameras and renderers have it; with a lens beyond 180 degrees it may be negative.</summary>
    AlongAxis,

    /// <summary>The distance from the camera's centre along the pixel's ray.</summary>
    AlongRay,
}
