namespace HandMeshEngine.Native.Exports;

/// <summary>Photos from files and from memory.</summary>
internal static unsafe class PhotoExports
{
    [UnmanagedCallersOnly(EntryPoint = "handmesh_load_photo")]
    public static int Load(byte* path, nint* photo)
    {
        try
        {
            Clear(photo);
            *photo = HandleTable.Add(new PhotoHandle(RgbImage.Load(NativeText.Read(path, "path") ?? throw AbiException.Null("path"))));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_decode_photo")]
    public static int Decode(void* file, ulong bytes, nint* photo)
    {
        try
        {
            Clear(photo);
            if (file == null)
            {
                throw AbiException.Null("file");
            }

            if (bytes > int.MaxValue)
            {
                throw new AbiException(Status.InvalidArgument, $"bytes is {bytes}; a file in memory has at most {int.MaxValue}");
            }

            *photo = HandleTable.Add(new PhotoHandle(RgbImage.Decode(new ReadOnlySpan<byte>(file, (int)bytes))));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_get_photo")]
    public static int Get(nint photo, NativeImage* image, NativeCamera* camera)
    {
        try
        {
            PhotoHandle read = HandleTable.Get<PhotoHandle>(photo, "photo");
            if (image != null)
            {
                Sized.Write(image, NativeImage.Least, "image", read.Image);
            }

            if (camera != null)
            {
                Sized.Write(camera, NativeCamera.Least, "camera", read.Camera);
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "handmesh_free_photo")]
    public static int Free(nint photo)
    {
        try
        {
            HandleTable.Release<PhotoHandle>(photo, "photo");
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    private static void Clear(nint* photo)
    {
        if (photo == null)
        {
            throw AbiException.Null("photo");
        }

        *photo = 0;
    }
}
