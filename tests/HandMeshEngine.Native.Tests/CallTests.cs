using System.Numerics;
using System.Text;
using System.Text.Json;

namespace HandMeshEngine.Native.Tests;

/// <summary>What the functions do, called across the border in this process.</summary>
public sealed unsafe class CallTests(OpenedLibrary library) : IClassFixture<OpenedLibrary>
{
    private static readonly string _withStandIns = HandSystems.All.First(system => system != HandSystems.Default).Id;
    private static string _heard = string.Empty;

    [Fact]
    public void Hands_have_the_bits_that_a_caller_from_CSharp_gets()
    {
        nint result = library.CreateResult();
        NativeImage image = library.Image;
        Assert.Equal(Status.Ok, Calls.Predict(library.Estimator, &image, null, null, result));
        AssertSame(library.Managed.Predict(library.Photo.View, Camera.Guess(library.Photo.Width, library.Photo.Height)), result);
        Calls.FreeResult(result);
    }

    [Fact]
    public void Buffers_and_poses_are_those_of_CSharp()
    {
        int width = library.Photo.Width, height = library.Photo.Height;
        nint result = library.CreateResult();
        NativeImage image = library.Image;
        Assert.Equal(Status.Ok, Calls.Predict(library.Estimator, &image, null, null, result));
        HandResult managed = library.Managed.Predict(library.Photo.View, Camera.Guess(width, height));
        var rasterizer = new HandRasterizer();
        float[] depth = new float[(width + 3) * height], expectedDepth = new float[(width + 3) * height];
        byte[] mask = new byte[width * height], parts = new byte[width * height], expectedMask = new byte[width * height], expectedParts = new byte[width * height];
        rasterizer.Draw(
            managed.Hands, managed[0].Camera,
            new HandMeshEngine.HandBuffers(width, height) { Depth = expectedDepth, DepthStride = width + 3, Mask = expectedMask, Parts = expectedParts, Background = 9 });
        fixed (float* depths = depth)
        {
            fixed (byte* masks = mask, names = parts)
            {
                var buffers = new NativeBuffers
                {
                    Size = NativeBuffers.Least,
                    Width = width,
                    Height = height,
                    Depth = depths,
                    DepthCount = (ulong)depth.Length,
                    DepthStride = width + 3,
                    Mask = masks,
                    MaskCount = (ulong)mask.Length,
                    Parts = names,
                    PartsCount = (ulong)parts.Length,
                    Background = 9,
                };
                Assert.True(Calls.DrawBuffers(result, null, &buffers) == Status.Ok, Calls.LastError);
                Assert.Equal(expectedDepth, depth);
                Assert.Equal(expectedMask, mask);
                Assert.Equal(expectedParts, parts);
                Assert.Contains((byte)255, mask);

                // A camera of the caller's, with a lens.
                var camera = new NativeCamera { Size = NativeCamera.Least, Fx = 300, Fy = 300, Cx = width / 2, Cy = height / 2, Width = width, Height = height, Lens = 4, CoefficientCount = 4 };
                Assert.True(Calls.DrawBuffers(result, &camera, &buffers) == Status.Ok, Calls.LastError);
                rasterizer.Draw(
                    managed.Hands, new Camera(300, 300, width / 2, height / 2, width, height).WithLens(Lens.Fisheye(0, 0, 0, 0)),
                    new HandMeshEngine.HandBuffers(width, height) { Mask = expectedMask });
                Assert.Equal(expectedMask, mask);

                buffers.MaskCount = 5;
                Assert.Equal(Status.InvalidArgument, Calls.DrawBuffers(result, null, &buffers));
                Assert.Contains("mask buffer holds 5 elements", Calls.LastError);
                buffers.Mask = null;
                Assert.Equal(Status.InvalidArgument, Calls.DrawBuffers(result, null, &buffers));
                Assert.Contains("buffers->mask is null", Calls.LastError);
                Assert.Equal(Status.InvalidArgument, Calls.DrawBuffers(result, null, null));
                Assert.Equal(Status.InvalidHandle, Calls.DrawBuffers(77, null, &buffers));
            }
        }

        var pose = new NativePose { Size = NativePose.Least };
        Assert.Equal(Status.Ok, Calls.GetPose(result, 0, &pose));
        for (int i = 0; i < HandSkeleton.JointCount; i++)
        {
            JointPose joint = managed[0].Pose.Joints[i];
            Assert.Equal(joint.Position, *(Vector3*)(pose.Positions + (3 * i)));
            Assert.Equal(joint.Orientation, *(Quaternion*)(pose.Orientations + (4 * i)));
            Assert.Equal(joint.Radius, pose.Radii[i]);
            Assert.Equal(managed[0].Pose.LocalRotations[i], *(Quaternion*)(pose.LocalRotations + (4 * i)));
        }

        Assert.Equal(Status.InvalidArgument, Calls.GetPose(result, 5, &pose));
        Calls.FreeResult(result);
    }

    [Fact]
    public void Camera_hints_and_orientation_mean_what_they_mean_in_CSharp()
    {
        int width = library.Photo.Width, height = library.Photo.Height;
        nint result = library.CreateResult();
        NativeImage image = library.Image;
        image.TurnDegrees = 180;
        image.Mirrored = 1;
        var camera = new NativeCamera { Size = NativeCamera.Least, Fx = 700, Fy = 710, Cx = 300, Cy = 200, Width = width, Height = height, Lens = 2, CoefficientCount = 4 };
        camera.Coefficients[0] = 0.01;
        var hints = new NativeHints { Size = NativeHints.Least, Handedness = 2, HandSize = 0.8 };
        Assert.Equal(Status.Ok, Calls.Predict(library.Estimator, &image, &camera, &hints, result));

        var orientation = FrameOrientation.Turned(180, mirrored: true);
        Camera managed = new Camera(700, 710, 300, 200, width, height).WithLens(Lens.BrownConrady(0.01, 0, 0, 0)).Oriented(orientation);
        AssertSame(
            library.Managed.Predict(library.Photo.View with { Orientation = orientation }, managed, new PredictOptions { Handedness = Handedness.Right, HandSize = 0.8 }),
            result);
        Calls.FreeResult(result);
    }

    [Fact]
    public void A_frame_of_every_format_is_read_in_place()
    {
        int width = library.Photo.Width & ~1, height = library.Photo.Height & ~1;
        byte[] bytes = new byte[width * height * 4];
        library.Photo.Pixels[..(width * height * 3)].CopyTo(bytes);
        nint result = library.CreateResult();
        fixed (byte* pixels = bytes)
        {
            foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
            {
                int stride = format switch
                {
                    PixelFormat.Rgb or PixelFormat.Bgr => width * 3,
                    PixelFormat.Rgba or PixelFormat.Bgra or PixelFormat.Argb or PixelFormat.Abgr => width * 4,
                    PixelFormat.Gray8 or PixelFormat.Nv12 or PixelFormat.Nv21 or PixelFormat.I420 or PixelFormat.Yv12 => width,
                    _ => width * 2,
                };
                var image = new NativeImage { Size = NativeImage.Least, Format = (int)format + 1, Width = width, Height = height, Range = 1 };
                image.Planes[0] = (nint)pixels;
                image.PlaneBytes[0] = (ulong)bytes.Length;
                image.Strides[0] = stride;
                Assert.True(Calls.Predict(library.Estimator, &image, null, null, result) == Status.Ok, Calls.LastError);
                AssertSame(
                    library.Managed.Predict(
                        format == PixelFormat.Gray16 ? ImageView.Gray16(bytes, stride, width, height)
                        : new ImageView(bytes, width, height, stride, format) { Encoding = new YuvEncoding(default, YuvRange.Full, default) },
                        Camera.Guess(width, height)),
                    result);
            }
        }

        Calls.FreeResult(result);
    }

    [Fact]
    public void Planes_may_lie_apart()
    {
        int width = library.Photo.Width & ~1, height = library.Photo.Height & ~1, luma = width * height;
        byte[] bytes = new byte[luma * 2];
        library.Photo.Pixels[..bytes.Length].CopyTo(bytes);
        nint result = library.CreateResult();
        fixed (byte* pixels = bytes)
        {
            var image = new NativeImage { Size = NativeImage.Least, Width = width, Height = height, Format = (int)PixelFormat.Yv12 + 1 };
            for (int plane = 0; plane < 3; plane++)
            {
                image.Planes[plane] = (nint)pixels + (plane == 0 ? 0 : luma + ((plane - 1) * luma / 4));
                image.PlaneBytes[plane] = (ulong)(plane == 0 ? luma : luma / 4);
                image.Strides[plane] = plane == 0 ? width : width / 2;
            }

            Assert.True(Calls.Predict(library.Estimator, &image, null, null, result) == Status.Ok, Calls.LastError);
            AssertSame(library.Managed.Predict(new ImageView(bytes, width, height, width, PixelFormat.Yv12), Camera.Guess(width, height)), result);
            image.PlaneBytes[2]--;
            Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, &image, null, null, result));
            Assert.Contains("plane", Calls.LastError);
        }

        Calls.FreeResult(result);
    }

    [Fact]
    public void A_tracker_gives_ids_and_the_stages_their_times()
    {
        nint result = library.CreateResult(), tracker;
        NativeImage image = library.Image;
        Assert.Equal(Status.Ok, Calls.CreateTracker(library.Estimator, &tracker));
        for (int frame = 0; frame < 3; frame++)
        {
            Assert.Equal(Status.Ok, Calls.Track(tracker, &image, null, result));
        }

        Assert.True(Hand(result).Id >= 0);
        NativeStage* stages;
        int count;
        Assert.Equal(Status.Ok, Calls.GetStages(result, &stages, &count));
        Assert.Contains("landmarks", new ReadOnlySpan<NativeStage>(stages, count).ToArray().Select(stage => Marshal.PtrToStringUTF8((nint)stage.Name)));
        Assert.Equal(Status.Ok, Calls.FreeTracker(tracker));
        Assert.Equal(Status.InvalidHandle, Calls.Track(tracker, &image, null, result));
        Calls.FreeResult(result);
    }

    [Fact]
    public void A_prediction_in_steady_state_allocates_nothing()
    {
        nint result = library.CreateResult(), tracker;
        Calls.CreateTracker(library.Estimator, &tracker);
        NativeImage image = library.Image;
        var camera = new NativeCamera { Size = NativeCamera.Least, Fx = 700, Fy = 700, Cx = 300, Cy = 200 };
        var hints = new NativeHints { Size = NativeHints.Least, HandSize = 0.8 };
        var hand = new NativeHand { Size = NativeHand.Least };
        long before = 0;
        for (int i = 0; i < 20; i++)
        {
            if (i == 10)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            Calls.Predict(library.Estimator, &image, &camera, &hints, result);
            Calls.GetHand(result, 0, &hand);
            Calls.Track(tracker, &image, &camera, result);
            Calls.Predict(library.Estimator, &image, &camera, null, result);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Calls.FreeTracker(tracker);
        Calls.FreeResult(result);
    }

    [Fact]
    public void Eight_threads_get_the_same_bits()
    {
        nint[] results = new nint[8];
        var threads = new Thread[results.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int own = i;
            results[own] = library.CreateResult();
            threads[own] = new Thread(() =>
            {
                NativeImage image = library.Image;
                for (int call = 0; call < 5; call++)
                {
                    Calls.Predict(library.Estimator, &image, null, null, results[own]);
                }
            });
            threads[own].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        HandResult expected = library.Managed.Predict(library.Photo.View, Camera.Guess(library.Photo.Width, library.Photo.Height));
        Assert.All(results, result =>
        {
            AssertSame(expected, result);
            Calls.FreeResult(result);
        });
    }

    [Fact]
    public void Errors_are_sentences_of_the_thread_that_made_them()
    {
        NativeImage image = library.Image;
        Assert.Equal(Status.InvalidHandle, Calls.Predict(0, &image, null, null, 0));
        Assert.Equal("estimator is null; give the handle that a function of this library made", Calls.LastError);
        string other = "not read";
        var thread = new Thread(() => other = Calls.LastError);
        thread.Start();
        thread.Join();
        Assert.Equal(string.Empty, other);
    }

    [Fact]
    public void Wrong_arguments_get_codes_and_sentences()
    {
        nint result = library.CreateResult();
        NativeImage image = library.Image;
        Assert.Equal(Status.InvalidHandle, Calls.Predict(result, &image, null, null, result));
        Assert.Contains("is a handle of another kind: a result", Calls.LastError);
        Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, null, null, null, result));
        Assert.Equal("image is null; give a pointer", Calls.LastError);
        image.Size = 0;
        Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, &image, null, null, result));
        Assert.Equal("image->size is 0; set it to sizeof of the struct (112 bytes or more)", Calls.LastError);
        image = library.Image with { Format = 99 };
        Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, &image, null, null, result));
        Assert.Contains("image->format is 99", Calls.LastError);
        image = library.Image;
        image.PlaneBytes[0]--;
        Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, &image, null, null, result));
        Assert.Contains("bytes are too few", Calls.LastError);
        image = library.Image;
        image.Planes[0] = 0;
        Assert.Equal(Status.InvalidArgument, Calls.Predict(library.Estimator, &image, null, null, result));
        Assert.Contains("image->planes[0] is null", Calls.LastError);
        NativeHand hand = new() { Size = NativeHand.Least };
        Assert.Equal(Status.InvalidArgument, Calls.GetHand(result, 99, &hand));
        ulong needed;
        Assert.Equal(Status.BufferTooSmall, Calls.Profile(library.Estimator, null, 0, &needed));
        byte[] text = new byte[needed];
        fixed (byte* start = text)
        {
            Assert.Equal(Status.BufferTooSmall, Calls.Profile(library.Estimator, start, needed - 1, &needed));
            Assert.Equal(Status.Ok, Calls.Profile(library.Estimator, start, needed, &needed));
        }

        Assert.Equal(HandSystems.Default.Id, JsonDocument.Parse(text.AsMemory(0, text.Length - 1)).RootElement.GetProperty("system").GetString());
        Calls.FreeResult(result);
        Assert.Equal(Status.InvalidHandle, Calls.FreeResult(result));
        Assert.Contains("or was closed", Calls.LastError);
        Assert.Equal(Status.Ok, Calls.FreeResult(0));
    }

    [Fact]
    public void A_struct_of_a_newer_header_is_taken_while_its_new_fields_are_zero()
    {
        nint result = library.CreateResult();
        byte* larger = stackalloc byte[(int)NativeImage.Least + 16];
        new Span<byte>(larger, (int)NativeImage.Least + 16).Clear();
        *(NativeImage*)larger = library.Image with { Size = NativeImage.Least + 16 };
        Assert.Equal(Status.Ok, Calls.Predict(library.Estimator, (NativeImage*)larger, null, null, result));
        larger[NativeImage.Least + 3] = 1;
        Assert.Equal(Status.NotSupported, Calls.Predict(library.Estimator, (NativeImage*)larger, null, null, result));
        Assert.Contains("older than the header", Calls.LastError);
        Calls.FreeResult(result);
    }

    [Fact]
    public void Opening_says_what_runs_and_refuses_what_does_not_exist()
    {
        Assert.Equal(Status.Ok, Calls.SetLog(&Hear));
        var options = new NativeOptions { Size = NativeOptions.Least, Threads = 1 };
        nint estimator;
        fixed (byte* nothing = "nothing"u8, other = Encoding.UTF8.GetBytes(_withStandIns + "\0"), cpu = "cpu"u8, seed = "random:7"u8)
        {
            options.System = nothing;
            Assert.Equal(Status.InvalidArgument, Calls.Open(&options, &estimator));
            Assert.Contains("'nothing' is no system", Calls.LastError);
            options.System = other;
            options.Weights = seed;
            options.Device = cpu;
            Assert.True(Calls.Open(&options, &estimator) == Status.Ok, Calls.LastError);
        }

        Assert.Contains($"{_withStandIns} on cpu: 1 thread", _heard);
        Assert.Contains("the meshes mean nothing", _heard);
        var description = new NativeDescription { Size = NativeDescription.Least };
        Assert.Equal(Status.Ok, Calls.Describe(estimator, &description));
        Assert.Equal("cpu", Marshal.PtrToStringUTF8((nint)description.Device));
        Assert.Equal((1, 2), (description.HasStandInWeights, description.MaxHands));
        Calls.SetLog(null);
        nint result;
        Calls.CreateResult(estimator, &result);
        Assert.Equal(Status.Ok, Calls.Close(estimator));
        NativeImage image = library.Image;
        Assert.Equal(Status.InvalidHandle, Calls.Predict(estimator, &image, null, null, result));
        Calls.FreeResult(result);
    }

    [Fact]
    public void A_tracker_of_a_closed_estimator_says_so()
    {
        var options = new NativeOptions { Size = NativeOptions.Least, Threads = 1 };
        nint estimator, tracker, result;
        Assert.Equal(Status.Ok, Calls.Open(&options, &estimator));
        Calls.CreateTracker(estimator, &tracker);
        Calls.CreateResult(estimator, &result);
        Calls.Close(estimator);
        NativeImage image = library.Image;
        Assert.Equal(Status.Closed, Calls.Track(tracker, &image, null, result));
        Assert.Equal("the estimator was closed; open another one", Calls.LastError);
        Calls.FreeTracker(tracker);
        Calls.FreeResult(result);
    }

    [Fact]
    public void A_photo_brings_its_frame_and_camera()
    {
        nint photo;
        byte* path = (byte*)Marshal.StringToCoTaskMemUTF8(Workspace.Photo);
        Assert.Equal(Status.Ok, Calls.LoadPhoto(path, &photo));
        var image = new NativeImage { Size = NativeImage.Least };
        var camera = new NativeCamera { Size = NativeCamera.Least };
        Assert.Equal(Status.Ok, Calls.GetPhoto(photo, &image, &camera));
        Assert.Equal((NativeImage.Least, library.Photo.Width, library.Photo.Height), (image.Size, image.Width, image.Height));
        Assert.True(new ReadOnlySpan<byte>((void*)image.Planes[0], (int)image.PlaneBytes[0]).SequenceEqual(library.Photo.Pixels));
        Assert.Equal((Camera.FromExif(library.Photo) ?? Camera.Guess(image.Width, image.Height)).Fx, camera.Fx);
        Calls.FreePhoto(photo);
        fixed (byte* missing = "/nowhere.jpg"u8)
        {
            Assert.Equal(Status.Image, Calls.LoadPhoto(missing, &photo));
        }

        Marshal.FreeCoTaskMem((nint)path);
    }

    [UnmanagedCallersOnly]
    private static void Hear(int level, byte* text, void* user) => _heard += $"{level} {Marshal.PtrToStringUTF8((nint)text)}\n";

    private static NativeHand Hand(nint result, int index = 0)
    {
        var hand = new NativeHand { Size = NativeHand.Least };
        Assert.True(Calls.GetHand(result, index, &hand) == Status.Ok, Calls.LastError);
        return hand;
    }

    private static void AssertSame(HandResult expected, nint result)
    {
        int count;
        Assert.Equal(Status.Ok, Calls.HandCount(result, &count));
        Assert.Equal(expected.Count, count);
        for (int i = 0; i < count; i++)
        {
            HandMesh mesh = expected[i];
            NativeHand hand = Hand(result, i);
            Assert.Equal((mesh.Vertices.Length, mesh.Faces.Length / 3), (hand.VertexCount, hand.FaceCount));
            Assert.True(mesh.Vertices.SequenceEqual(new ReadOnlySpan<Vector3>(hand.Vertices, hand.VertexCount)));
            Assert.True(mesh.Normals.SequenceEqual(new ReadOnlySpan<Vector3>(hand.Normals, hand.VertexCount)));
            Assert.True(mesh.Faces.SequenceEqual(new ReadOnlySpan<int>(hand.Faces, hand.FaceCount * 3)));
            Assert.True(mesh.Joints.SequenceEqual(new ReadOnlySpan<Vector3>(hand.Joints, HandMesh.JointCount)));
            Assert.True(mesh.RelativeJoints.SequenceEqual(new ReadOnlySpan<Vector3>(hand.RelativeJoints, HandMesh.JointCount)));
            Assert.True(mesh.Keypoints.SequenceEqual(new ReadOnlySpan<Vector2>(hand.Keypoints, HandMesh.JointCount)));
            Assert.Equal((mesh.Root, mesh.Translation), (hand.Root, hand.Translation));
            Assert.Equal(((int)mesh.Handedness + 1, mesh.Score, (uint)mesh.Placement.Flags), (hand.Handedness, hand.Score, hand.PlacementFlags));
        }
    }
}
