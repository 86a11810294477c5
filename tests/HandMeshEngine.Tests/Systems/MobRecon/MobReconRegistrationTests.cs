using HandMeshEngine.Systems.MobRecon;

namespace HandMeshEngine.Tests.Systems.MobRecon;

public sealed class MobReconRegistrationTests
{
    private static readonly Intrinsics _camera = new(320, 330, 64, 60);

    private readonly Vector3d[] _joints = new Vector3d[HandMesh.JointCount];
    private readonly double[] _u = new double[HandMesh.JointCount];
    private readonly double[] _v = new double[HandMesh.JointCount];

    [Theory]
    [InlineData(0.05, -0.04, 0.5)]
    [InlineData(-0.2, 0.1, 1.7)]
    [InlineData(0, 0, 0.2)]
    public void Joints_on_their_rays_are_put_where_they_came_from(double x, double y, double z)
    {
        Place(new Vector3d(x, y, z));

        Registration found = MobReconRegistration.Solve(_joints, _u, _v, _camera);

        Assert.True((found.Translation - new Vector3d(x, y, z)).Length < 1e-9, $"{found.Translation}");
        Assert.True(found.Condition > 0);
    }

    [Fact]
    public void Keypoints_that_are_wrong_are_taken_out()
    {
        var place = new Vector3d(0.02, 0.03, 0.6);
        Place(place);
        _u[20] += 40;
        _v[20] += 40;
        _u[7] -= 25;
        _v[7] -= 25;

        Registration found = MobReconRegistration.Solve(_joints, _u, _v, _camera);

        Assert.True((found.Translation - place).Length < 1e-6, $"{found.Translation}");
    }

    [Fact]
    public void A_depth_beyond_the_bounds_stops_at_two_metres_with_x_and_y_that_fit()
    {
        Place(new Vector3d(0.3, -0.2, 5));

        Vector3d found = MobReconRegistration.Solve(_joints, _u, _v, _camera).Translation;

        Assert.Equal(2, found.Z);
        Assert.Equal(0.3 * 2 / 5, found.X, 0.02);
        Assert.Equal(-0.2 * 2 / 5, found.Y, 0.02);
    }

    // A hand of 15 cm whose joints see depth, and its projections.
    private void Place(Vector3d t)
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            _joints[i] = new Vector3d(0.08 * Math.Sin(2.1 * i), 0.09 * Math.Cos(1.3 * i), 0.03 * Math.Sin(0.7 * i));
            Vector3d p = _joints[i] + t;
            (_u[i], _v[i]) = ((_camera.Fx * p.X / p.Z) + _camera.Cx, (_camera.Fy * p.Y / p.Z) + _camera.Cy);
        }
    }
}
