using HandMeshEngine.Export.Drawing;
using HandMeshEngine.Tests.Rig;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>Frames of a camera that looks at painted hands, whose places are known.</summary>
internal sealed class HandScene
{
    public const int Width = 640;
    public const int Height = 480;

    // Skin in the light that palm detectors know; darker and bluer behind it.
    private static readonly Vector3 _skin = new(0.62f, 0.36f, 0.26f);

    private readonly MeshPainter _painter = new();
    private readonly HandMesh _right = Posed(Handedness.Right);
    private readonly HandMesh _left = Posed(Handedness.Left);
    private readonly float[] _light = [.. Enumerable.Repeat(1f, HandRig.Right.RestVertices.Length)];
    private readonly RgbImage _empty = Background();

    public static Camera Camera { get; } = new(600, 600, (Width - 1) / 2.0, (Height - 1) / 2.0);

    /// <summary>The image, which the next frame overwrites.</summary>
    public RgbImage Image { get; } = new(Width, Height);

    /// <summary>Paints hands at the places of their middle knuckles, metres, and adds a sensor's noise.</summary>
    public ImageView Frame(int seed, double noise, params ReadOnlySpan<(Handedness Side, Vector3 Place)> hands)
    {
        _empty.Pixels.CopyTo(Image.Pixels);
        _painter.Clear(View.Through(Camera.Intrinsics));
        foreach ((Handedness side, Vector3 place) in hands)
        {
            HandMesh hand = side == Handedness.Right ? _right : _left;
            Vector3 shift = place - hand.Joints[9];
            hand.Move(shift, default);
            _painter.Add(new HandFigure(hand, _light, _skin));
        }

        _painter.Paint(Image, new Area(0, 0, Width, Height), 1);
        var random = new Random(seed);
        foreach (ref byte value in Image.Pixels)
        {
            // The sum of four is near enough to a Gaussian of that deviation.
            double sum = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
            value = (byte)Math.Clamp(value + (sum * noise * Math.Sqrt(3)), 0, 255);
        }

        return Image.View;
    }

    private static RgbImage Background()
    {
        var image = new RgbImage(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double wave = (12 * Math.Sin(x / 37.0)) + (9 * Math.Cos((y + (x / 3.0)) / 23.0));
                Span<byte> pixel = image.Row(y).Slice(3 * x, 3);
                (pixel[0], pixel[1], pixel[2]) = ((byte)(88 + wave), (byte)(98 + wave), (byte)(112 + wave));
            }
        }

        return image;
    }

    // The open hand of a stored render, or its mirror image.
    private static HandMesh Posed(Handedness side)
    {
        HandCase stored = HandCase.Load("rendered-0");
        HandRig rig = side == Handedness.Right ? HandRig.Right : HandRig.Left;
        float mirror = (stored.Int("hand0.rig_is_right") == 1) == (side == Handedness.Right) ? 1 : -1;
        HandMesh hand = LandmarkMesher.NewHand();
        hand.Handedness = side;
        Vector3d[] joints = [.. stored.Doubles3("gt.joints").Select(joint => joint with { X = mirror * joint.X })];
        var fit = new RigFit();
        fit.Solve(rig, joints);
        new Skinner().Skin(rig, fit.Bones, hand.Refill(rig.Surface));
        for (int i = 0; i < joints.Length; i++)
        {
            hand.WritableJoints[i] = joints[i].ToSingle();
        }

        return hand;
    }
}
