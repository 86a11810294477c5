namespace HandMeshEngine.Tests.Systems;

public sealed class RootDepthTests
{
    private static readonly Intrinsics _camera = new(500, 500, 320, 240);

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.1)]
    public void A_bone_of_known_length_tells_the_depth(double depth)
    {
        var start = new Vector3d(0.02, 0.01, depth + 0.01);
        var end = new Vector3d(0.05, -0.02, depth - 0.015);

        double found = RootDepth.FromBone(Seen(start, depth), Seen(end, depth), (end - start).Length);

        Assert.Equal(depth, found, 1e-9);
    }

    [Fact]
    public void A_bone_too_short_for_its_relative_depths_takes_the_depth_that_comes_closest()
    {
        // 6 cm farther away along rays that differ by 0.1: the joints are side by side where 0.1 z = 0.2 * 6 cm.
        var start = new Vector3d(0.3 * 0.5, 0, 0.5);
        var end = new Vector3d(0.2 * 0.56, 0, 0.56);

        Assert.Equal(0.12, RootDepth.FromBone(Seen(start, 0.5), Seen(end, 0.5), 0.01), 1e-9);
    }

    [Fact]
    public void A_bone_seen_end_on_leaves_an_arms_length()
    {
        var point = new Vector3d(0.1, 0.1, 0.5);

        Assert.Equal(0.6, RootDepth.FromBone(Seen(point, 0.5), Seen(point, 0.5), 0.05));
    }

    // Joint j at z A + B: its ray, and its ray times the depth relative to the wrist.
    private static (Vector3d A, Vector3d B) Seen(Vector3d p, double wrist)
    {
        Vector3d ray = _camera.Ray((500 * p.X / p.Z) + 320, (500 * p.Y / p.Z) + 240);
        return (ray, ray * (p.Z - wrist));
    }
}
