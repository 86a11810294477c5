// AR on a photo: a ring on the index finger and a ball behind the hand. The hand's depth buffer decides what of them is hidden.
using System.Numerics;
using HandMeshEngine;
using HandMeshEngine.Images;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: ArRing PHOTO OUT.png");
    return 2;
}

RgbImage photo = RgbImage.Load(args[0]);
Camera camera = Camera.FromExif(photo) ?? Camera.Guess(photo.Width, photo.Height);
using var estimator = HandEstimator.Open();
HandResult hands = estimator.Predict(photo, camera);
int width = photo.Width, height = photo.Height;
float[] handDepth = new float[width * height], thingDepth = new float[width * height];
byte[] light = new byte[width * height];
var rasterizer = new HandRasterizer();
rasterizer.Draw(hands.Hands, camera, new HandBuffers(width, height) { Depth = handDepth, Background = float.PositiveInfinity });

int shown = 0, hidden = 0;
foreach (HandMesh hand in hands)
{
    JointPose knuckle = hand.Pose[HandJoint.IndexProximal], next = hand.Pose[HandJoint.IndexIntermediate];
    Vector3 middle = Vector3.Lerp(knuckle.Position, next.Position, 0.55f);
    float finger = 0.5f * (knuckle.Radius + next.Radius);
    Draw(Torus(middle, knuckle.Orientation, finger * 1.12f, 0.0016f), new Vector3(255, 200, 60));

    // As deep as the wrist, and beside the middle finger, so that fingers cross it.
    Vector3 wrist = hand.Root, knuckles = hand.Joints[9];
    Draw(Torus(knuckles + (0.04f * Vector3.Normalize(knuckles)), Quaternion.Identity, 0.03f, 0.0299f), new Vector3(70, 130, 255));
    Console.WriteLine($"{hand.Handedness} hand, wrist {wrist.Z:F3} m away");
}

PngFile.Save(args[1], photo);
Console.WriteLine($"{shown} pixels drawn, {hidden} hidden by the hand");
return hands.Count > 0 ? 0 : 1;

void Draw((Vector3[] Vertices, int[] Faces) thing, Vector3 colour)
{
    // The label of a face is its brightness, so the buffer of parts is a shaded picture.
    byte[] shades = new byte[thing.Faces.Length / 3];
    for (int f = 0; f < shades.Length; f++)
    {
        Vector3 a = thing.Vertices[thing.Faces[3 * f]], b = thing.Vertices[thing.Faces[(3 * f) + 1]], c = thing.Vertices[thing.Faces[(3 * f) + 2]];
        float facing = Vector3.Dot(Vector3.Normalize(Vector3.Cross(b - a, c - a)), Vector3.Normalize(new Vector3(-0.3f, -0.6f, -0.7f)));
        shades[f] = (byte)Math.Clamp(90 + (165 * Math.Abs(facing)), 1, 255);
    }

    rasterizer.Draw(thing.Vertices, thing.Faces, shades, camera, new HandBuffers(width, height) { Depth = thingDepth, Parts = light, Background = float.PositiveInfinity });
    for (int i = 0; i < light.Length; i++)
    {
        if (light[i] == 0 || thingDepth[i] >= handDepth[i])
        {
            hidden += light[i] == 0 ? 0 : 1;
            continue;
        }

        shown++;
        Vector3 rgb = colour * (light[i] / 255f);
        (photo.Pixels[3 * i], photo.Pixels[(3 * i) + 1], photo.Pixels[(3 * i) + 2]) = ((byte)rgb.X, (byte)rgb.Y, (byte)rgb.Z);
    }
}

// About the joint's Z, which runs along the bone.
static (Vector3[] Vertices, int[] Faces) Torus(Vector3 centre, Quaternion turn, float radius, float tube)
{
    const int around = 64, across = 24;
    var vertices = new Vector3[around * across];
    int[] faces = new int[6 * vertices.Length];
    for (int i = 0; i < vertices.Length; i++)
    {
        (float sin, float cos) = MathF.SinCos(2 * MathF.PI * (i / across) / around);
        (float up, float outward) = MathF.SinCos(2 * MathF.PI * (i % across) / across);
        float reach = radius + (tube * outward);
        vertices[i] = centre + Vector3.Transform(new Vector3(reach * cos, reach * sin, tube * up), turn);
        int a = i, b = (i / across * across) + ((i + 1) % across), c = (a + across) % vertices.Length, d = (b + across) % vertices.Length;
        new[] { a, c, b, b, c, d }.CopyTo(faces, 6 * i);
    }

    return (vertices, faces);
}
