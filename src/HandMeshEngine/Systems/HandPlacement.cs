namespace HandMeshEngine.Systems;

/// <summary>The last step of every model: camera-space points into a <see cref="HandMesh"/>, with a verdict on their place.</summary>
internal static class HandPlacement
{
    /// <summary>
    /// Writes vertices, joints, relative joints, translation and placement; the keypoints must be there already. A hand without a
    /// sound place keeps its shape only: the translation is taken off again.
    /// </summary>
    /// <param name="hand">Written.</param>
    /// <param name="surface">Faces.</param>
    /// <param name="vertices">[V, 3] metres, in the frame that <paramref name="rotation"/> leaves.</param>
    /// <param name="joints">[21, 3] likewise.</param>
    /// <param name="translation">What the vertices contain beyond the root-relative shape, metres, likewise.</param>
    /// <param name="rotation">Takes the points to the camera's frame.</param>
    /// <param name="camera">The view's camera.</param>
    /// <param name="condition">Condition of the root solve, 0 where there was none.</param>
    /// <param name="flags">What is known already.</param>
    public static void Write(
        HandMesh hand,
        MeshSurface surface,
        ReadOnlySpan<float> vertices,
        ReadOnlySpan<float> joints,
        Vector3d translation,
        in Matrix3d rotation,
        in Intrinsics camera,
        double condition,
        PlacementFlags flags)
    {
        Span<Vector3> to = hand.Refill(surface);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Point(vertices, i, rotation).ToSingle();
        }

        Vector3d t = rotation * translation;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Vector3d joint = Point(joints, i, rotation);
            hand.WritableJoints[i] = joint.ToSingle();
            hand.WritableRelativeJoints[i] = (joint - t).ToSingle();
            flags |= !joint.IsFinite ? PlacementFlags.Degenerate
                : joint.Z > Placement.NearestDepth ? PlacementFlags.None : PlacementFlags.BehindCamera;
        }

        bool placed = (flags & (PlacementFlags.Degenerate | PlacementFlags.BehindCamera)) == 0;
        float residual = placed ? ResidualPixels(hand, camera) : 0;
        if (!placed)
        {
            foreach (ref Vector3 vertex in to)
            {
                vertex -= t.ToSingle();
            }

            hand.RelativeJoints.CopyTo(hand.WritableJoints);
        }

        hand.Translation = placed ? t.ToSingle() : default;
        hand.Placement = new Placement((float)condition, residual, flags);
    }

    private static Vector3d Point(ReadOnlySpan<float> points, int i, in Matrix3d rotation) =>
        rotation * new Vector3d(points[3 * i], points[(3 * i) + 1], points[(3 * i) + 2]);

    private static float ResidualPixels(HandMesh hand, in Intrinsics camera)
    {
        double sum = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            sum += (camera.Project(Vector3d.From(hand.Joints[i])) - hand.Keypoints[i]).LengthSquared();
        }

        return (float)Math.Sqrt(sum / HandMesh.JointCount);
    }
}
