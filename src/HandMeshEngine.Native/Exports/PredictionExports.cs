namespace HandMeshEngine.Native.Exports;

/// <summary>Predictions on single images and on the frames of a video.</summary>
internal static unsafe class PredictionExports
{
    [UnmanagedCallersOnly(EntryPoint = "handmesh_predict")]
    public static int Predict(nint estimator, NativeImage* image, NativeCamera* camera, NativeHints* hints, nint result)
    {
        try
        {
            EstimatorHandle opened = HandleTable.Get<EstimatorHandle>(estimator, "estimator");
            ResultHandle into = HandleTable.Get<ResultHandle>(result, "result");
            ImageView view = Sized.Read(image, NativeImage.Least, "image").View();
            lock (into)
            {
                into.RequireAlive();
                opened.Estimator.Predict(view, into.CameraFor(camera, view), into.Result, into.OptionsFor(hints));
                into.Publish();
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_create_tracker")]
    public static int CreateTracker(nint estimator, nint* tracker)
    {
        try
        {
            if (tracker == null)
            {
                throw AbiException.Null("tracker");
            }

            *tracker = 0;
            *tracker = HandleTable.Add(new TrackerHandle(HandleTable.Get<EstimatorHandle>(estimator, "estimator").Estimator.CreateTracker()));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_track")]
    public static int Track(nint tracker, NativeImage* image, NativeCamera* camera, nint result)
    {
        try
        {
            TrackerHandle following = HandleTable.Get<TrackerHandle>(tracker, "tracker");
            ResultHandle into = HandleTable.Get<ResultHandle>(result, "result");
            ImageView view = Sized.Read(image, NativeImage.Least, "image").View();
            lock (following)
            {
                lock (into)
                {
                    into.RequireAlive();
                    following.Tracker.Predict(view, into.CameraFor(camera, view), into.Result);
                    into.Publish();
                }
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_reset_tracker")]
    public static int ResetTracker(nint tracker)
    {
        try
        {
            TrackerHandle following = HandleTable.Get<TrackerHandle>(tracker, "tracker");
            lock (following)
            {
                following.Tracker.Reset();
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_free_tracker")]
    public static int FreeTracker(nint tracker)
    {
        try
        {
            HandleTable.Release<TrackerHandle>(tracker, "tracker");
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }
}
