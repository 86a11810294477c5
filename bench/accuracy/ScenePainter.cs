using HandMeshEngine.Export.Drawing;

namespace HandMeshEngine.Bench.Accuracy;

/// <summary>Makes pictures of scenes with the painter of the overlays.</summary>
internal sealed class ScenePainter
{
    private readonly MeshPainter _painter = new();
    private readonly AmbientOcclusion _occlusion = new();

    /// <summary>The picture that a camera takes.</summary>
    public RgbImage Paint(Scene scene, PlacedHand placed, Condition condition)
    {
        var picture = new RgbImage(condition.Width, condition.Height);
        scene.Backdrop.Paint(picture);
        _painter.Light = scene.Lamp.Light;
        _painter.Clear(View.Through(placed.Camera, 1));
        foreach ((HandMesh mesh, bool isSleeve) in scene.Arm.Parts(placed))
        {
            _painter.Add(new HandFigure(mesh, Ambient(mesh), isSleeve ? scene.Arm.Sleeve : scene.Person.Skin));
        }

        var hand = new HandMesh(placed.Hand.Surface);
        Span<Vector3> vertices = hand.Refill(placed.Hand.Surface);
        for (int i = 0; i < vertices.Length; i++)
        {
            vertices[i] = placed.Vertices[i].ToSingle();
        }

        _painter.Add(new HandFigure(hand, Ambient(hand), scene.Person.Skin, Skin(scene.Person, placed.Hand)));
        _painter.Paint(picture, new Area(0, 0, condition.Width, condition.Height), 1);
        Expose(picture, condition, scene.Noise);
        return picture;
    }

    /// <summary>What a sensor makes of light.</summary>
    public static void Expose(RgbImage picture, Condition condition, int seed)
    {
        // Normal variates by a table: one for each of a large frame's levels would take longer than to find the hand.
        var dice = new Dice(seed);
        double[] noise = [.. Enumerable.Range(0, 4099).Select(_ => dice.Normal(condition.Noise))];
        int at = (int)dice.Between(0, noise.Length);
        Span<byte> pixels = picture.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            double red = pixels[i] * condition.Exposure, green = pixels[i + 1] * condition.Exposure, blue = pixels[i + 2] * condition.Exposure;
            if (condition.Gray)
            {
                red = green = blue = (0.299 * red) + (0.587 * green) + (0.114 * blue);
            }

            at = (at + 1 + (i % 7)) % noise.Length;
            double first = noise[at], second = condition.Gray ? first : noise[(at + 1361) % noise.Length], third = condition.Gray ? first : noise[(at + 2729) % noise.Length];
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (Level(red + first), Level(green + second), Level(blue + third));
        }
    }

    private static byte Level(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);

    private float[] Ambient(HandMesh mesh)
    {
        var ambient = new float[mesh.Vertices.Length];
        _occlusion.Compute(mesh, ambient);
        return ambient;
    }

    // Palms are lighter than backs where skin is dark; tips and knuckles are redder.
    private static Vector3[] Skin(Person person, PosedHand hand)
    {
        var colours = new Vector3[hand.Vertices.Length];
        Vector3 palmar = hand.Palmar.ToSingle();
        var rest = new HandMesh(hand.Surface);
        hand.Rig.RestVertices.CopyTo(rest.Refill(hand.Surface));
        Vector3d[] tips = [.. hand.Rig.Chains.Select(chain => chain.Heads[^1])];
        for (int i = 0; i < colours.Length; i++)
        {
            float inside = Math.Clamp((Vector3.Dot(rest.Normals[i], palmar) * 0.8f) + 0.3f, 0, 1);
            Vector3 light = Vector3.Lerp(person.Skin, new Vector3(0.62f, 0.36f, 0.26f), 0.35f);
            double nearest = tips.Min(tip => (tip - Vector3d.From(hand.Rig.RestVertices[i])).Length);
            float red = (float)Math.Exp(-nearest / 0.012);
            colours[i] = Vector3.Lerp(person.Skin, light, inside) * Vector3.Lerp(Vector3.One, new Vector3(1.05f, 0.82f, 0.8f), red);
        }

        return colours;
    }
}
