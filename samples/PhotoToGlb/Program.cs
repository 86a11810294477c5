using HandMeshEngine;
using HandMeshEngine.Compute;
using HandMeshEngine.Export;
using HandMeshEngine.Images;

RgbImage photo = RgbImage.Load(args[0]);
Camera camera = Camera.FromExif(photo) ?? Camera.Guess(photo.Width, photo.Height);
using var estimator = HandEstimator.Open();
HandResult hands = estimator.Predict(new ImageView(photo.Pixels, photo.Width, photo.Height, photo.Width * 3, PixelFormat.Rgb), camera);
foreach (HandMesh hand in hands)
{
    Console.WriteLine($"{hand.Handedness} hand, wrist at {hand.Root} m, {hand.Vertices.Length} vertices");
}

MeshFile.Save(args[1], [.. hands.Hands]);
