namespace HandMeshEngine.Bench.Accuracy;

/// <summary>A hand in camera space, metres, with the camera that sees it: what a prediction is held against.</summary>
internal sealed class PlacedHand
{
    public PlacedHand(PosedHand hand, Matrix3d turn, Vector3d place, Camera camera)
    {
        (Hand, Turn, At, Camera) = (hand, turn, place, camera);
        Joints = [.. hand.Joints.Select(joint => (turn * joint) + place)];
        Vertices = [.. hand.Vertices.Select(vertex => (turn * Vector3d.From(vertex)) + place)];
        Keypoints = [.. Joints.Select(joint => Project(camera, joint))];
    }

    public PosedHand Hand { get; }

    public Matrix3d Turn { get; }

    public Vector3d At { get; }

    public Camera Camera { get; }

    /// <summary>[21]</summary>
    public Vector3d[] Joints { get; }

    /// <summary>[1360]</summary>
    public Vector3d[] Vertices { get; }

    /// <summary>[21] pixels.</summary>
    public Vector2[] Keypoints { get; }

    private static Vector2 Project(Camera camera, Vector3d point) =>
        new((float)((camera.Fx * point.X / point.Z) + camera.Cx), (float)((camera.Fy * point.Y / point.Z) + camera.Cy));
}
