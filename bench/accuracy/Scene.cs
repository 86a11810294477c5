namespace HandMeshEngine.Bench.Accuracy;

/// <summary>One hand before one camera, as dice gave it. Everything but what a condition changes is the same under every condition.</summary>
internal sealed class Scene
{
    private readonly Matrix3d _turn;
    private readonly Vector2 _spot;
    private readonly double _share;
    private readonly double _view;
    private readonly double _aside;

    private Scene(int number, IReadOnlyList<RgbImage> photos)
    {
        var dice = new Dice(1000 + number);
        Pose = HandPose.All[number % HandPose.All.Count].Varied(dice);
        Person = Person.Sample(dice);
        Facing = dice.Of(new[] { "palm", "palm", "back", "side" });
        double yaw = Facing switch { "palm" => 0, "back" => Math.PI, _ => (dice.Happens(0.5) ? 1 : -1) * Math.PI / 2 };
        _turn = Around(2, dice.Happens(0.7) ? dice.Normal(0.5) : dice.Between(-Math.PI, Math.PI))
            * Around(0, dice.Normal(0.35))
            * Around(1, yaw + dice.Normal(0.3));
        _spot = new Vector2((float)dice.Between(-1, 1), (float)dice.Between(-1, 1));
        _share = dice.Between(0.35, 0.6);
        _view = dice.Between(50, 75);
        _aside = dice.Between(0, 2 * Math.PI);
        Backdrop = Backdrop.Sample(dice, photos);
        Lamp = Lamp.Sample(dice);
        Arm = Forearm.Sample(dice);
        Noise = dice.Seed();
    }

    public HandPose Pose { get; }

    public Person Person { get; }

    /// <summary>Which side of the hand the camera sees: palm, back, side.</summary>
    public string Facing { get; }

    public Backdrop Backdrop { get; }

    public Lamp Lamp { get; }

    public Forearm Arm { get; }

    /// <summary>Seed of the sensor's noise.</summary>
    public int Noise { get; }

    /// <summary>The first scenes of the endless row.</summary>
    public static Scene[] First(int count, IReadOnlyList<RgbImage> photos) => [.. Enumerable.Range(0, count).Select(i => new Scene(i, photos))];

    /// <summary>Puts the hand before the camera that a condition asks for.</summary>
    public PlacedHand Place(Condition condition)
    {
        var hand = new PosedHand(Person, Pose);
        Matrix3d upright = _turn * Rotations.Minimal(hand.Palmar, new Vector3d(0, 0, -1));
        Vector3d[] turned = [.. hand.Joints.Select(joint => upright * joint)];
        Camera camera = condition.OffAxis > 0
            ? Camera.FromFieldOfView(condition.Width, condition.Height, 120)
            : Camera.FromFieldOfView(condition.Width, condition.Height, _view);
        double pixels = condition.HandPixels ?? (_share * condition.Height);
        double extent = Math.Max(turned.Max(p => p.X) - turned.Min(p => p.X), turned.Max(p => p.Y) - turned.Min(p => p.Y));
        double distance = camera.Fx * extent / pixels;
        var middle = new Vector3d((turned.Max(p => p.X) + turned.Min(p => p.X)) / 2, (turned.Max(p => p.Y) + turned.Min(p => p.Y)) / 2, 0);
        Vector3d direction = condition.OffAxis > 0 ? Aside(condition.OffAxis) : InFrame(camera, condition, pixels);
        Matrix3d look = condition.OffAxis > 0 ? Rotations.Minimal(new Vector3d(0, 0, 1), direction) : Matrix3d.Identity;
        Vector3d place = condition.OffAxis > 0 ? direction * distance : direction * (distance / direction.Z);
        return new PlacedHand(hand, look * upright, place - (look * middle), camera);
    }

    private static Matrix3d Around(int axis, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle / 2);
        return Rotations.FromQuaternion(cos, axis == 0 ? sin : 0, axis == 1 ? sin : 0, axis == 2 ? sin : 0);
    }

    // The same look at the hand, which now stands elsewhere: what a camera does that turns away.
    private Vector3d Aside(double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new Vector3d(sin * Math.Cos(_aside), sin * Math.Sin(_aside), cos);
    }

    // Anywhere in the frame where the whole hand is seen.
    private Vector3d InFrame(Camera camera, Condition condition, double pixels)
    {
        double u = (condition.Width / 2.0) + (_spot.X * Math.Max(0, ((condition.Width - pixels) / 2) - 10));
        double v = (condition.Height / 2.0) + (_spot.Y * Math.Max(0, ((condition.Height - pixels) / 2) - 10));
        return new Vector3d((u - camera.Cx) / camera.Fx, (v - camera.Cy) / camera.Fy, 1);
    }
}
