using HandMeshEngine.Tests.Export;

namespace HandMeshEngine.Tests.Buffers;

public sealed class HandRasterizerTests
{
    private const int Width = 131; // no multiple of a vector or a band
    private const int Height = 97;

    /// <summary>Cameras of the size above that see a hand at the origin of <see cref="Near"/>.</summary>
    public static TheoryData<string, string> Views
    {
        get
        {
            var views = new TheoryData<string, string>();
            foreach (string hand in new[] { "pointing", "fist", "rendered-0", "mano" })
            {
                foreach (string camera in new[] { "pinhole", "tele", "brown", "fisheye", "mei", "turned" })
                {
                    views.Add(hand, camera);
                }
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Buffers_are_what_rays_meet(string name, string kind) => Compare(At(name, 0.33f), CameraOf(kind));

    [Theory]
    [InlineData("pinhole")]
    [InlineData("fisheye")]
    [InlineData("brown")]
    public void A_hand_that_reaches_behind_the_camera_or_past_the_lens_is_cut_where_rays_say(string kind)
    {
        Compare(At("pointing", 0.05f), CameraOf(kind));
        Compare(At("mano", 0.03f), CameraOf(kind));
    }

    [Theory]
    [InlineData("pinhole")]
    [InlineData("fisheye")]
    public void Large_triangles_bow_with_the_lens(string kind)
    {
        Vector3[] corners = [new(-0.5f, -0.4f, 0.35f), new(0.6f, -0.2f, 0.3f), new(0.1f, 0.5f, 0.4f), new(-0.2f, 0.1f, -0.3f)];
        Compare((corners, [0, 1, 2, 0, 1, 3, 1, 2, 3], [1, 2, 3]), CameraOf(kind));
    }

    [Fact]
    public void Every_system_is_drawn_as_rays_say()
    {
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
        Camera camera = Camera.Guess(photo.Width, photo.Height);
        foreach (HandSystem system in HandSystems.All)
        {
            string? weights = system.Id == HandSystems.Default.Id ? null : "random:0";
            using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", System = system.Id, Weights = weights });
            HandMesh hand = Assert.Single(estimator.Predict(photo.View, camera, new PredictOptions { RootDepth = 0.5 }));
            // Stand-in weights place their mesh anywhere; what counts are its faces.
            var vertices = Placed(hand.Vertices, 0.33f);
            byte[] labels = new byte[hand.Faces.Length / 3];
            new HandRasterizer().Parts(hand, labels);
            Compare((vertices, [.. hand.Faces], labels), CameraOf("pinhole"));
            Compare((vertices, [.. hand.Faces], labels), CameraOf("fisheye"));
        }
    }

    [Fact]
    public void Several_hands_hide_each_other_and_keep_their_labels()
    {
        HandMesh[] hands = TestHands.Pair();
        Camera camera = hands[0].Camera;
        int width = camera.Width ?? 640, height = camera.Height ?? 480;
        byte[] parts = new byte[width * height], mask = new byte[width * height];
        new HandRasterizer().Draw(hands, camera, new HandBuffers(width, height) { Parts = parts, Mask = mask });

        Assert.Contains(parts, value => value >> 3 == 0 && value != 0);
        Assert.Contains(parts, value => value >> 3 == 1);
        Assert.Equal(mask.Count(value => value == 255), parts.Count(value => (value & 7) is >= 1 and <= 6));
        Assert.All(mask, value => Assert.True(value is 0 or 255));
    }

    [Fact]
    public void A_finger_is_labelled_where_its_joints_appear()
    {
        HandMesh hand = TestHands.Of("pointing")[0];
        Camera camera = hand.Camera;
        int width = camera.Width ?? 2000, height = camera.Height ?? 2000;
        byte[] parts = new byte[width * height];
        new HandRasterizer().Draw([hand], camera, new HandBuffers(width, height) { Parts = parts });

        // The index finger points, nothing hides its last bones.
        foreach (int joint in new[] { 6, 7 })
        {
            Vector2 pixel = Vector2.Lerp(hand.Keypoints[joint], hand.Keypoints[joint + 1], 0.5f);
            Assert.Equal((byte)HandPart.Index, parts[((int)Math.Round(pixel.Y) * width) + (int)Math.Round(pixel.X)]);
        }
    }

    [Fact]
    public void Other_meshes_take_their_parts_from_the_joints()
    {
        HandMesh hand = TestHands.Of("rendered-0")[0];
        byte[] byWeights = new byte[hand.Faces.Length / 3], byJoints = new byte[byWeights.Length];
        new HandRasterizer().Parts(hand, byWeights);
        var surface = new MeshSurface(hand.Vertices.Length, hand.Faces);
        var other = new HandMesh(surface);
        hand.Vertices.CopyTo(other.Refill(surface));
        hand.Joints.CopyTo(other.WritableJoints);
        new HandRasterizer().Parts(other, byJoints);

        int same = byWeights.Zip(byJoints).Count(pair => pair.First == pair.Second);
        Assert.True(same > 0.85 * byWeights.Length, $"{same} of {byWeights.Length} faces have the same part");
    }

    [Fact]
    public void Strides_and_the_measure_are_the_callers()
    {
        (Vector3[] vertices, int[] faces, byte[] labels) = At("pointing", 0.33f);
        Camera camera = CameraOf("pinhole");
        var rasterizer = new HandRasterizer();
        float[] tight = new float[Width * Height], wide = new float[(Width + 5) * Height], along = new float[Width * Height];
        Array.Fill(wide, -7f);
        rasterizer.Draw(vertices, faces, labels, camera, new HandBuffers(Width, Height) { Depth = tight, Background = -1 });
        rasterizer.Draw(vertices, faces, labels, camera, new HandBuffers(Width, Height) { Depth = wide, DepthStride = Width + 5, Background = -1 });
        rasterizer.Draw(vertices, faces, labels, camera, new HandBuffers(Width, Height) { Depth = along, Measure = DepthMeasure.AlongRay, Background = -1 });

        for (int y = 0; y < Height; y++)
        {
            Assert.Equal(tight.AsSpan(y * Width, Width), wide.AsSpan(y * (Width + 5), Width));
            Assert.All(wide.AsSpan((y * (Width + 5)) + Width, 5).ToArray(), value => Assert.Equal(-7f, value));
            for (int x = 0; x < Width; x++)
            {
                float z = tight[(y * Width) + x];
                double stretch = Math.Sqrt(1 + Math.Pow((x - camera.Cx) / camera.Fx, 2) + Math.Pow((y - camera.Cy) / camera.Fy, 2));
                Assert.Equal(z == -1 ? -1 : z * stretch, along[(y * Width) + x], 1e-5);
            }
        }
    }

    [Fact]
    public void Drawing_again_allocates_nothing()
    {
        HandMesh[] hands = TestHands.Of("pointing");
        float[] depth = new float[Width * Height];
        byte[] mask = new byte[Width * Height], parts = new byte[Width * Height];
        foreach (string kind in new[] { "pinhole", "fisheye" })
        {
            Camera camera = CameraOf(kind);
            var rasterizer = new HandRasterizer();
            rasterizer.Draw(hands, camera, new HandBuffers(Width, Height) { Depth = depth, Mask = mask, Parts = parts });
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                rasterizer.Draw(hands, camera, new HandBuffers(Width, Height) { Depth = depth, Mask = mask, Parts = parts });
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void A_hand_without_a_place_is_left_out_and_old_pixels_go()
    {
        byte[] mask = new byte[Width * Height];
        Array.Fill(mask, (byte)9);
        new HandRasterizer().Draw([TestHands.Unplaced()], CameraOf("pinhole"), new HandBuffers(Width, Height) { Mask = mask });

        Assert.All(mask, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Without_buffers_nothing_is_computed_however_large_they_would_be()
    {
        Camera camera = new Camera(9000, 9000, 16000, 16000, 32768, 32768).WithLens(Lens.Fisheye(0, 0, 0, 0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        new HandRasterizer().Draw(TestHands.Of("pointing"), camera, new HandBuffers(32768, 32768));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Vertices_that_are_not_numbers_draw_nothing()
    {
        Vector3[] vertices = [new(float.NaN, 0, 1), new(float.PositiveInfinity, 0, 1), new(0, 1, 1), default, new(0, 0, 1)];
        byte[] mask = new byte[Width * Height];
        foreach (string kind in new[] { "pinhole", "fisheye" })
        {
            new HandRasterizer().Draw(vertices, [0, 1, 2, 2, 3, 4, 2, 2, 4], [1, 1, 1], CameraOf(kind), new HandBuffers(Width, Height) { Mask = mask });
            Assert.All(mask, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        var rasterizer = new HandRasterizer();
        Camera camera = CameraOf("pinhole");
        HandMesh[] hands = TestHands.Of("pointing");
        Assert.Contains("the depth buffer holds 10 elements", Refusal(() => rasterizer.Draw(hands, camera, new HandBuffers(Width, Height) { Depth = new float[10] })));
        Assert.Contains("stride of 4 elements is shorter", Refusal(() => rasterizer.Draw(hands, camera, new HandBuffers(Width, Height) { Mask = new byte[99999], MaskStride = 4 })));
        Assert.Contains("have no size", Refusal(() => rasterizer.Draw(hands, camera, default)));
        Assert.Contains("0x5 pixels", Refusal(() => new HandBuffers(0, 5)));
        Assert.Contains("131x97", Refusal(() => rasterizer.Draw(hands, camera, new HandBuffers(64, 64) { Mask = new byte[4096] })));
        Assert.Contains("vertex 3 of a mesh with 3", Refusal(() => rasterizer.Draw(new Vector3[3], [0, 1, 3], [1], camera, new HandBuffers(Width, Height))));
        Assert.Contains("2 labels do not fit 1", Refusal(() => rasterizer.Draw(new Vector3[3], [0, 1, 2], [1, 1], camera, new HandBuffers(Width, Height))));
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;

    // Every pixel against its ray; where they differ, rays half a pixel away must meet what was drawn.
    private static void Compare((Vector3[] Vertices, int[] Faces, byte[] Labels) mesh, Camera camera)
    {
        float[] depth = new float[Width * Height], range = new float[Width * Height];
        byte[] mask = new byte[Width * Height], parts = new byte[Width * Height];
        var rasterizer = new HandRasterizer();
        rasterizer.Draw(mesh.Vertices, mesh.Faces, mesh.Labels, camera, new HandBuffers(Width, Height) { Depth = depth, Mask = mask, Parts = parts });
        rasterizer.Draw(
            mesh.Vertices, mesh.Faces, mesh.Labels, camera, new HandBuffers(Width, Height) { Depth = range, Measure = DepthMeasure.AlongRay });
        var cast = new RayCast(mesh.Vertices, mesh.Faces);
        int covered = 0, close = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int at = (y * Width) + x;
                var drawn = (Face: mask[at] == 255, Z: depth[at], Range: range[at], Part: parts[at]);
                bool Fits((int Face, double Z, double Range) ray, double tolerance) => drawn.Face == (ray.Face >= 0)
                    && (!drawn.Face || (Math.Abs(drawn.Range - ray.Range) <= tolerance * ray.Range
                        && Math.Abs(drawn.Z - ray.Z) <= tolerance * ray.Range && drawn.Part == mesh.Labels[ray.Face]));
                covered += drawn.Face ? 1 : 0;
                if (Fits(cast.Cast(camera, x, y), 1e-4))
                {
                    continue;
                }

                close++;
                bool isEdge = Offsets.Any(offset => Fits(cast.Cast(camera, x + offset.X, y + offset.Y), 0.02));
                Assert.True(isEdge, $"pixel ({x}, {y}): drawn {drawn}, ray {cast.Cast(camera, x, y)}");
            }
        }

        Assert.True(covered > 50, $"only {covered} pixels are covered: the test shows nothing");
        Assert.True(close <= 2 + (covered / 500), $"{close} of {covered} pixels differ at silhouettes");
    }

    private static (double X, double Y)[] Offsets => [(0.5, 0), (-0.5, 0), (0, 0.5), (0, -0.5), (0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)];

    // A hand about a point on the camera's axis; "mano" has the faces and vertex count of that topology.
    private static (Vector3[] Vertices, int[] Faces, byte[] Labels) At(string name, float distance)
    {
        if (name == "mano")
        {
            TriangleMesh mesh = SyntheticHand.Mesh();
            Vector3[] points = [.. Enumerable.Range(0, mesh.VertexCount).Select(v => mesh.Vertex(v).ToSingle())];
            return (Placed(points, distance), [.. mesh.Faces], [.. Enumerable.Range(0, mesh.FaceCount).Select(f => (byte)(1 + (f % 6)))]);
        }

        HandMesh hand = TestHands.Of(name)[0];
        byte[] labels = new byte[hand.Faces.Length / 3];
        new HandRasterizer().Parts(hand, labels);
        return (Placed(hand.Vertices, distance), [.. hand.Faces], labels);
    }

    // Centred, of a hand's size, in front of the camera.
    private static Vector3[] Placed(ReadOnlySpan<Vector3> vertices, float distance)
    {
        Vector3 low = vertices[0], high = vertices[0];
        foreach (Vector3 vertex in vertices)
        {
            (low, high) = (Vector3.Min(low, vertex), Vector3.Max(high, vertex));
        }

        float scale = 0.2f / Math.Max((high - low).X, Math.Max((high - low).Y, (high - low).Z));
        var placed = new Vector3[vertices.Length];
        for (int i = 0; i < placed.Length; i++)
        {
            placed[i] = (scale * (vertices[i] - ((low + high) / 2))) + new Vector3(0.01f, -0.02f, distance);
        }

        return placed;
    }

    private static Camera CameraOf(string kind) => kind switch
    {
        "pinhole" => new Camera(120, 118, 66.2, 47.7, Width, Height),
        "tele" => new Camera(900, 900, 60, 50, Width, Height),
        "brown" => new Camera(80, 80, 65.3, 48.1, Width, Height).WithLens(Lens.BrownConrady(-0.28, 0.07, 0.001, -0.0008, 0.01), allowPartial: true),
        "fisheye" => new Camera(45, 45, 64.4, 48.6, Width, Height).WithLens(Lens.Fisheye(0.05, -0.01, 0.002, -0.0003)),
        "mei" => new Camera(90, 90, 64.4, 48.6, Width, Height).WithLens(Lens.Omnidirectional(1.1, -0.1, 0.02, 0.001, 0.0005), allowPartial: true),
        "turned" => new Camera(60, 62, 47, 66, Height, Width).WithLens(Lens.Fisheye(0.03, 0, 0, 0)).Oriented(FrameOrientation.Turn90),
        _ => throw new ArgumentException(kind),
    };
}
