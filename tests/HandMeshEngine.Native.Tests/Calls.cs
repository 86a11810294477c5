namespace HandMeshEngine.Native.Tests;

/// <summary>The exports, called across the border as a C program calls them.</summary>
internal static unsafe class Calls
{
    public static Status Open(NativeOptions* options, nint* estimator) =>
        (Status)((delegate* unmanaged<NativeOptions*, nint*, int>)&EstimatorExports.Open)(options, estimator);

    public static Status Close(nint estimator) => (Status)((delegate* unmanaged<nint, int>)&EstimatorExports.Close)(estimator);

    public static Status Describe(nint estimator, NativeDescription* description) =>
        (Status)((delegate* unmanaged<nint, NativeDescription*, int>)&EstimatorExports.Describe)(estimator, description);

    public static Status Profile(nint estimator, byte* text, ulong capacity, ulong* needed) =>
        (Status)((delegate* unmanaged<nint, byte*, ulong, ulong*, int>)&EstimatorExports.Profile)(estimator, text, capacity, needed);

    public static Status CreateResult(nint estimator, nint* result) =>
        (Status)((delegate* unmanaged<nint, nint*, int>)&ResultExports.Create)(estimator, result);

    public static Status FreeResult(nint result) => (Status)((delegate* unmanaged<nint, int>)&ResultExports.Free)(result);

    public static Status HandCount(nint result, int* count) => (Status)((delegate* unmanaged<nint, int*, int>)&ResultExports.HandCount)(result, count);

    public static Status GetHand(nint result, int index, NativeHand* hand) =>
        (Status)((delegate* unmanaged<nint, int, NativeHand*, int>)&ResultExports.GetHand)(result, index, hand);

    public static Status GetPose(nint result, int index, NativePose* pose) =>
        (Status)((delegate* unmanaged<nint, int, NativePose*, int>)&ResultExports.GetPose)(result, index, pose);

    public static Status DrawBuffers(nint result, NativeCamera* camera, NativeBuffers* buffers) =>
        (Status)((delegate* unmanaged<nint, NativeCamera*, NativeBuffers*, int>)&ResultExports.DrawBuffers)(result, camera, buffers);

    public static Status GetStages(nint result, NativeStage** stages, int* count) =>
        (Status)((delegate* unmanaged<nint, NativeStage**, int*, int>)&ResultExports.GetStages)(result, stages, count);

    public static Status Predict(nint estimator, NativeImage* image, NativeCamera* camera, NativeHints* hints, nint result) =>
        (Status)((delegate* unmanaged<nint, NativeImage*, NativeCamera*, NativeHints*, nint, int>)&PredictionExports.Predict)(estimator, image, camera, hints, result);

    public static Status CreateTracker(nint estimator, nint* tracker) =>
        (Status)((delegate* unmanaged<nint, nint*, int>)&PredictionExports.CreateTracker)(estimator, tracker);

    public static Status Track(nint tracker, NativeImage* image, NativeCamera* camera, nint result) =>
        (Status)((delegate* unmanaged<nint, NativeImage*, NativeCamera*, nint, int>)&PredictionExports.Track)(tracker, image, camera, result);

    public static Status FreeTracker(nint tracker) => (Status)((delegate* unmanaged<nint, int>)&PredictionExports.FreeTracker)(tracker);

    public static Status LoadPhoto(byte* path, nint* photo) => (Status)((delegate* unmanaged<byte*, nint*, int>)&PhotoExports.Load)(path, photo);

    public static Status GetPhoto(nint photo, NativeImage* image, NativeCamera* camera) =>
        (Status)((delegate* unmanaged<nint, NativeImage*, NativeCamera*, int>)&PhotoExports.Get)(photo, image, camera);

    public static Status FreePhoto(nint photo) => (Status)((delegate* unmanaged<nint, int>)&PhotoExports.Free)(photo);

    public static Status SetLog(delegate* unmanaged<int, byte*, void*, void> callback) =>
        (Status)((delegate* unmanaged<delegate* unmanaged<int, byte*, void*, void>, void*, int>)&LibraryExports.SetLog)(callback, null);

    public static string LastError => Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)&LibraryExports.LastError)())!;
}
