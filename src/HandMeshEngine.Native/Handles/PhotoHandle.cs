namespace HandMeshEngine.Native.Handles;

/// <summary>A decoded photo, its pixels in memory that never moves.</summary>
internal sealed unsafe class PhotoHandle : Handled
{
    private readonly int _width;
    private readonly int _height;
    private readonly NativeCamera _camera;
    private readonly void* _pixels;

    /// <summary>Copies the pixels.</summary>
    public PhotoHandle(RgbImage photo)
    {
        (_width, _height) = (photo.Width, photo.Height);
        _camera = NativeCamera.From(HandMeshEngine.Camera.FromExif(photo) ?? HandMeshEngine.Camera.Guess(photo.Width, photo.Height));
        _pixels = NativeMemory.Alloc((nuint)photo.Pixels.Length);
        photo.Pixels.CopyTo(new Span<byte>(_pixels, photo.Pixels.Length));
    }

    /// <inheritdoc/>
    public override string Kind => "a photo";

    /// <summary>The pixels; they end with <see cref="Release"/>.</summary>
    public NativeImage Image => NativeImage.Rgb((nint)_pixels, _width, _height);

    /// <summary>From EXIF, or guessed.</summary>
    public NativeCamera Camera => _camera;

    /// <inheritdoc/>
    public override void Release() => NativeMemory.Free(_pixels);
}
