using HandMeshEngine.Export;

namespace HandMeshEngine.Native.Exports;

/// <summary>Results: hands, times, files.</summary>
internal static unsafe class ResultExports
{
    [UnmanagedCallersOnly(EntryPoint = "handmesh_create_result")]
    public static int Create(nint estimator, nint* result)
    {
        try
        {
            if (result == null)
            {
                throw AbiException.Null("result");
            }

            *result = 0;
            *result = HandleTable.Add(new ResultHandle(HandleTable.Get<EstimatorHandle>(estimator, "estimator").Estimator.CreateResult()));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_free_result")]
    public static int Free(nint result)
    {
        try
        {
            HandleTable.Release<ResultHandle>(result, "result");
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_hand_count")]
    public static int HandCount(nint result, int* count)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            if (count == null)
            {
                throw AbiException.Null("count");
            }

            *count = read.Result.Count;
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_get_hand")]
    public static int GetHand(nint result, int index, NativeHand* hand)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            lock (read)
            {
                read.RequireAlive();
                Sized.Write(hand, NativeHand.Least, "hand", read.Hand(index));
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_get_pose")]
    public static int GetPose(nint result, int index, NativePose* pose)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            lock (read)
            {
                read.RequireAlive();
                _ = read.Hand(index);
                Sized.Write(pose, NativePose.Least, "pose", NativePose.From(read.Result[index].Pose));
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_draw_buffers")]
    public static int DrawBuffers(nint result, NativeCamera* camera, NativeBuffers* buffers)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            NativeBuffers to = Sized.Read(buffers, NativeBuffers.Least, "buffers");
            lock (read)
            {
                read.RequireAlive();
                read.Draw(camera, to.Make());
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_get_stages")]
    public static int GetStages(nint result, NativeStage** stages, int* count)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            if (stages == null || count == null)
            {
                throw AbiException.Null(stages == null ? "stages" : "count");
            }

            *stages = read.Stages;
            *count = read.StageCount;
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_save")]
    public static int Save(nint result, byte* path)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            string file = NativeText.Read(path, "path") ?? throw AbiException.Null("path");
            lock (read)
            {
                MeshFile.Save(file, read.Result);
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_draw")]
    public static int Draw(nint result, NativeImage* image, byte* path)
    {
        try
        {
            ResultHandle read = HandleTable.Get<ResultHandle>(result, "result");
            string file = NativeText.Read(path, "path") ?? throw AbiException.Null("path");
            RgbImage photo = RgbImage.From(Sized.Read(image, NativeImage.Least, "image").View());
            lock (read)
            {
                new OverlayRenderer().Save(file, photo, read.Result);
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }
}
