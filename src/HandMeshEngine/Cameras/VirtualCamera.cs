namespace HandMeshEngine.Cameras;

/// <summary>
/// A camera turned about its centre so that a chosen pixel lies on its axis (HandDGP 2.3, our extension for hands far
/// from the image centre).
/// </summary>
/// <param name="Rotation">Takes real camera coordinates to virtual ones; its transpose brings results back.</param>
/// <param name="Homography">Takes homogeneous image pixels to virtual pixels: Kc R K^-1.</param>
internal readonly record struct VirtualCamera(Matrix3d Rotation, Matrix3d Homography)
{
    /// <summary>Turns <paramref name="camera"/> toward pixel (u, v) and looks with <paramref name="canonical"/>.</summary>
    public static VirtualCamera LookingAt(in Intrinsics camera, double u, double v, in Intrinsics canonical)
    {
        Matrix3d rotation = Rotations.Minimal(camera.Ray(u, v).Normalized(), new Vector3d(0, 0, 1));
        Matrix3d toRay = new(1 / camera.Fx, 0, -camera.Cx / camera.Fx, 0, 1 / camera.Fy, -camera.Cy / camera.Fy, 0, 0, 1);
        Matrix3d toPixel = new(canonical.Fx, 0, canonical.Cx, 0, canonical.Fy, canonical.Cy, 0, 0, 1);
        return new VirtualCamera(rotation, toPixel * rotation * toRay);
    }
}
