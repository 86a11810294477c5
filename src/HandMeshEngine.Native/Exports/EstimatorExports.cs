namespace HandMeshEngine.Native.Exports;

/// <summary>Opening, describing and closing estimators, and their profiles.</summary>
internal static unsafe class EstimatorExports
{
    [UnmanagedCallersOnly(EntryPoint = "handmesh_open")]
    public static int Open(NativeOptions* options, nint* estimator)
    {
        try
        {
            Require(estimator, "estimator");
            *estimator = 0;
            EstimatorOptions given = NativeOptions.Read(options) with
            {
                Progress = static step => Log.Say(Log.Information, $"kernel {step.Done} of {step.Total}: {step.Program}{(step.WasCached ? " (cached)" : string.Empty)}"),
            };
            HandEstimator opened = HandEstimator.Open(given);
            Log.Say(Log.Information, $"{opened.System.Id} on {opened.Device}: {opened.DeviceDescription}");
            if (opened.DeviceNote is { } note)
            {
                Log.Say(Log.Warning, note);
            }

            if (opened.HasStandInWeights)
            {
                Log.Say(Log.Warning, "the weights are stand-ins: the meshes mean nothing");
            }

            *estimator = HandleTable.Add(new EstimatorHandle(opened, given.MaxHands));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_close")]
    public static int Close(nint estimator)
    {
        try
        {
            HandleTable.Release<EstimatorHandle>(estimator, "estimator");
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_describe")]
    public static int Describe(nint estimator, NativeDescription* description)
    {
        try
        {
            EstimatorHandle opened = HandleTable.Get<EstimatorHandle>(estimator, "estimator");
            Sized.Write(description, NativeDescription.Least, "description", opened.Describe());
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_profile")]
    public static int Profile(nint estimator, byte* text, ulong capacity, ulong* needed)
    {
        try
        {
            EstimatorHandle opened = HandleTable.Get<EstimatorHandle>(estimator, "estimator");
            byte[] json = ProfileText.Write(opened.Estimator);
            ulong bytes = (ulong)json.Length + 1;
            if (needed != null)
            {
                *needed = bytes;
            }

            if (text == null || capacity < bytes)
            {
                throw new AbiException(Status.BufferTooSmall, $"the profile needs {bytes} bytes, but text has {(text == null ? 0 : capacity)}");
            }

            json.CopyTo(new Span<byte>(text, json.Length));
            text[json.Length] = 0;
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    private static void Require(void* pointer, string argument)
    {
        if (pointer == null)
        {
            throw AbiException.Null(argument);
        }
    }
}
