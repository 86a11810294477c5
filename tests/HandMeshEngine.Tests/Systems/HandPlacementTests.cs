namespace HandMeshEngine.Tests.Systems;

public sealed class HandPlacementTests
{
    private static readonly MeshSurface _surface = new(3, [0, 1, 2]);
    private static readonly Intrinsics _camera = new(100, 100, 50, 50);

    private readonly HandMesh _hand = new(_surface);

    [Fact]
    public void A_placed_hand_keeps_its_camera_coordinates()
    {
        Write(new Vector3d(0.1, 0, 0.5), Matrix3d.Identity, PlacementFlags.None);

        Assert.True(_hand.Placement.IsPlaced);
        Assert.Equal(new Vector3(0.1f, 0, 0.5f), _hand.Translation);
        Assert.Equal(0.5f + 0.01f, _hand.Joints[1].Z, 1e-6f);
        Assert.Equal(0.01f, _hand.RelativeJoints[1].Z, 1e-6f);
        Assert.Equal(0.5f, _hand.Vertices[0].Z, 1e-6f);
        Assert.Equal(7, _hand.Placement.Condition);
    }

    [Theory]
    [InlineData(-0.3)]
    [InlineData(0.03)]
    public void A_hand_behind_the_camera_or_too_near_is_given_relative_to_itself(double depth)
    {
        Write(new Vector3d(0.1, 0, depth), Matrix3d.Identity, PlacementFlags.None);

        Assert.Equal(PlacementFlags.BehindCamera, _hand.Placement.Flags);
        Assert.Equal(default, _hand.Translation);
        Assert.Equal(_hand.RelativeJoints.ToArray(), _hand.Joints.ToArray());
        Assert.True(_hand.Vertices[0].Length() < 1e-6f);
    }

    [Fact]
    public void Numbers_that_are_not_finite_make_it_degenerate()
    {
        Write(new Vector3d(double.NaN, 0, 0.5), Matrix3d.Identity, PlacementFlags.OffAxis);

        Assert.True(_hand.Placement.Flags.HasFlag(PlacementFlags.Degenerate | PlacementFlags.OffAxis));
        Assert.False(_hand.Placement.IsPlaced);
    }

    [Fact]
    public void A_rotation_turns_points_and_translation_alike()
    {
        Matrix3d quarter = Rotations.Minimal(new Vector3d(0, 0, 1), new Vector3d(Math.Sqrt(0.5), 0, Math.Sqrt(0.5)));

        Write(new Vector3d(0, 0, 0.5), quarter, PlacementFlags.None);

        Assert.Equal(0.5f * MathF.Sqrt(0.5f), _hand.Translation.X, 1e-6f);
        Assert.True(Vector3.Distance(_hand.Joints[1], _hand.Translation + _hand.RelativeJoints[1]) < 1e-6f);
    }

    [Fact]
    public void The_residual_is_in_pixels_of_the_image()
    {
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            _hand.WritableKeypoints[i] = new Vector2(50 + 3, 50 + 4);
        }

        HandPlacement.Write(
            _hand, _surface, new float[9], Joints(default, depth: 1, step: 0), default, Matrix3d.Identity, _camera, 0, PlacementFlags.None);

        Assert.Equal(5, _hand.Placement.ResidualPixels, 1e-4f);
    }

    private void Write(Vector3d t, in Matrix3d rotation, PlacementFlags flags)
    {
        float[] vertices = new float[9];
        for (int i = 0; i < vertices.Length; i += 3)
        {
            (vertices[i], vertices[i + 1], vertices[i + 2]) = ((float)t.X, (float)t.Y, (float)t.Z);
        }

        HandPlacement.Write(_hand, _surface, vertices, Joints(t, depth: 0, step: 0.01), t, rotation, _camera, 7, flags);
    }

    private static float[] Joints(Vector3d t, double depth, double step)
    {
        float[] joints = new float[3 * HandMesh.JointCount];
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            (joints[3 * i], joints[(3 * i) + 1], joints[(3 * i) + 2]) = ((float)t.X, (float)t.Y, (float)(t.Z + depth + (step * (i % 2))));
        }

        return joints;
    }
}
