namespace HandMeshEngine.Native.Exports;

/// <summary>Cameras from an angle and from calibration files.</summary>
internal static unsafe class CameraExports
{
    [UnmanagedCallersOnly(EntryPoint = "handmesh_camera_from_field_of_view")]
    public static int FromFieldOfView(int width, int height, double degrees, NativeCamera* camera)
    {
        try
        {
            Camera made = Camera.FromFieldOfView(width, height, degrees);
            Sized.Write(camera, NativeCamera.Least, "camera", NativeCamera.From(made));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_load_camera")]
    public static int Load(byte* path, byte* name, int width, int height, NativeCamera* camera)
    {
        try
        {
            string file = NativeText.Read(path, "path") ?? throw AbiException.Null("path");
            Camera made = CameraFile.Load(file, new CameraFileOptions { CameraName = NativeText.Read(name, "name") }).CameraFor(width, height);
            Sized.Write(camera, NativeCamera.Least, "camera", NativeCamera.From(made));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }
}
