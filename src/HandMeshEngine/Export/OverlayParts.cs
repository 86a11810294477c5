namespace HandMeshEngine.Export;

/// <summary>What an overlay picture shows.</summary>
[Flags]
public enum OverlayParts
{
    /// <summary>The photo alone.</summary>
    None = 0,

    /// <summary>The shaded mesh over the photo.</summary>
    Mesh = 1,

    /// <summary>The 21 keypoints, joined finger by finger, over the photo.</summary>
    Skeleton = 2,

    /// <summary>A second panel beside the photo: the mesh seen from the camera's right, so that depth shows, with distances.</summary>
    SideView = 4,

    /// <summary>Handedness and distance beside every hand.</summary>
    Labels = 8,

    /// <summary>Mesh, side view and labels.</summary>
    Default = Mesh | SideView | Labels,
}
