using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Draws a triangle mesh whose vertices are in device memory into depth, mask and label buffers in device memory (docs/buffers.md 4): work that is
/// queued in a stream, without a wait. Any camera, since it takes the rays of the pixels. Drawing allocates nothing on the device. Not
/// thread-safe.
/// </summary>
public sealed class CudaMeshRaster : IDisposable
{
    private const int FaceThreads = 128;
    private const int TileSide = 16;
    private const int FaceBytes = 80;
    private const int MostSide = 16384;
    private const int DepthArgument = 3;

    private readonly CudaContext _context;
    private readonly CudaStream _stream;
    private readonly CudaModule _module;
    private readonly CudaKernel _faces;
    private readonly CudaKernel _pixels;
    private readonly KernelArguments _faceArguments;
    private readonly KernelArguments _pixelArguments;
    private readonly LaunchShape _faceShape;
    private readonly LaunchShape _pixelShape;
    private readonly Stack<IDisposable> _made = new();
    private readonly DeviceMemory _rays;
    private readonly DeviceMemory _tiles;
    private bool _hasRays;

    /// <summary>Compiles or finds the kernels and loads the mesh.</summary>
    /// <param name="options">The device, or the caller's context and stream, in which drawing is queued then.</param>
    /// <param name="vertexCount">Number of vertices.</param>
    /// <param name="faces">[F, 3] vertex indices.</param>
    /// <param name="labels">[F] what the pixels of the label buffer hold where a face is the nearest.</param>
    /// <param name="width">Columns of the buffers.</param>
    /// <param name="height">Rows of the buffers.</param>
    /// <exception cref="ArgumentException">A size is out of range, a face names a vertex that does not exist, or the labels do not fit the faces.</exception>
    /// <exception cref="CudaException">There is no usable device or no compiler, or the driver refused.</exception>
    public CudaMeshRaster(CudaBackendOptions? options, int vertexCount, ReadOnlySpan<int> faces, ReadOnlySpan<byte> labels, int width, int height)
        : this(CudaDriver.Get(), options ?? new CudaBackendOptions(), null, null, vertexCount, faces, labels, width, height)
    {
    }

    /// <summary>As above with a given driver, compiler and folder of kernels.</summary>
    internal CudaMeshRaster(
        CudaDriver driver, CudaBackendOptions options, Nvrtc? compiler, string? kernelFolder, int vertexCount, ReadOnlySpan<int> faces,
        ReadOnlySpan<byte> labels, int width, int height)
    {
        Check(vertexCount, faces, labels, width, height);
        (Width, Height) = (width, height);
        _context = options.Context != 0 ? CudaContext.FromHandle(driver, options.Context) : CudaContext.Retain(driver.GetDevice(options.Device));
        _made.Push(_context);
        try
        {
            _stream = options.Stream == 0 ? new CudaStream(_context) : CudaStream.FromHandle(_context, options.Stream);
            _made.Push(_stream);
            var program = new KernelProgram(
                "meshraster", ProgramWriter.Sources["meshraster.cu"], [.. ProgramWriter.Sources.Where(pair => pair.Key == "prelude.cuh")],
                [$"-DVERTICES={vertexCount}", $"-DFACES={labels.Length}", $"-DWIDTH={width}", $"-DHEIGHT={height}"]);
            compiler ??= Nvrtc.TryFind(driver, out Nvrtc? found, out _) ? found : null;
            KernelImage image = new KernelCache(kernelFolder).Load([program], _context.Device, compiler, null, CancellationToken.None)[0];
            _made.Push(_module = new CudaModule(_context, image));
            (_faces, _pixels) = (_module.GetKernel("raster_faces"), _module.GetKernel("raster_pixels"));
            DeviceMemory corners = Load(MemoryMarshal.AsBytes(faces)), names = Load(labels), records = Allocate((long)FaceBytes * labels.Length);
            _rays = Allocate(12L * width * height);
            (int columns, int rows) = ((width + TileSide - 1) / TileSide, (height + TileSide - 1) / TileSide);
            _tiles = Allocate(16L * columns * rows);
            _faceShape = new LaunchShape((labels.Length + FaceThreads - 1) / FaceThreads, 1, 1, FaceThreads);
            _pixelShape = new LaunchShape(columns, rows, 1, TileSide * TileSide);
            _faceArguments = new KernelArguments().Add(0UL).Add(corners).Add(names).Add(records);
            _pixelArguments = new KernelArguments().Add(records).Add(_rays).Add(_tiles).Add(0UL).Add(0).Add(0UL).Add(0).Add(0UL).Add(0).Add(0f).Add(0);
            _stream.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Columns of the buffers.</summary>
    public int Width { get; }

    /// <summary>Rows of the buffers.</summary>
    public int Height { get; }

    /// <summary>Sets the camera.</summary>
    /// <param name="rays">[Height, Width, 3] the ray of each pixel's centre, length 1, x right, y down, z forward; not numbers where it has none. The
    /// hand library writes them (<c>HandRasterizer.WriteRays</c>).</param>
    /// <exception cref="ArgumentException">There are not three numbers a pixel.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void SetRays(ReadOnlySpan<float> rays)
    {
        if (rays.Length != 3 * Width * Height)
        {
            throw new ArgumentException($"{rays.Length} numbers are not the rays of {Width}x{Height} pixels, which take {3 * Width * Height}", nameof(rays));
        }

        _stream.Write(_rays, 0, MemoryMarshal.AsBytes(rays));
        _stream.Write(_tiles, 0, MemoryMarshal.AsBytes(Tiles(rays).AsSpan()));
        _stream.Synchronize();
        _hasRays = true;
    }

    /// <summary>Queues a drawing; the buffers are written whole, by work behind what was queued in the stream before.</summary>
    /// <param name="vertices">Device address of [V, 3] floats, metres, camera space, as <c>PredictOptions.DeviceVertices</c> has them.</param>
    /// <param name="depth">Device address of floats, metres; 0: not wanted.</param>
    /// <param name="depthPitch">Elements from row to row.</param>
    /// <param name="mask">Device address of bytes, 255 or 0; 0: not wanted.</param>
    /// <param name="maskPitch">Elements from row to row.</param>
    /// <param name="labels">Device address of bytes; 0: not wanted.</param>
    /// <param name="labelPitch">Elements from row to row.</param>
    /// <param name="background">Depth where no face is.</param>
    /// <param name="alongRay">Depth is the length along the ray instead of Z.</param>
    /// <exception cref="ArgumentException">There are no vertices, or a pitch is shorter than a row.</exception>
    /// <exception cref="InvalidOperationException">No camera was set.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Draw(
        ulong vertices, ulong depth, int depthPitch, ulong mask = 0, int maskPitch = 0, ulong labels = 0, int labelPitch = 0,
        float background = 0, bool alongRay = false)
    {
        if (!_hasRays)
        {
            throw new InvalidOperationException("set the camera before drawing: SetRays");
        }

        if (vertices == 0)
        {
            throw new ArgumentException("the vertices need a device address", nameof(vertices));
        }

        Require(depth, depthPitch, "depth");
        Require(mask, maskPitch, "mask");
        Require(labels, labelPitch, "label");
        _faceArguments.Set(0, vertices);
        int at = DepthArgument;
        _pixelArguments.Set(at++, depth);
        _pixelArguments.Set(at++, depthPitch);
        _pixelArguments.Set(at++, mask);
        _pixelArguments.Set(at++, maskPitch);
        _pixelArguments.Set(at++, labels);
        _pixelArguments.Set(at++, labelPitch);
        _pixelArguments.Set(at++, background);
        _pixelArguments.Set(at, alongRay ? 1 : 0);
        _faces.Launch(_stream, _faceShape, _faceArguments);
        _pixels.Launch(_stream, _pixelShape, _pixelArguments);
    }

    /// <summary>Waits for what was queued.</summary>
    /// <exception cref="CudaException">A kernel failed.</exception>
    public void Wait() => _stream.Synchronize();

    /// <summary>Waits for what was queued and frees the device memory.</summary>
    public void Dispose()
    {
        if (_made.Count > 0 && _pixelArguments is not null)
        {
            _stream.Synchronize();
        }

        while (_made.TryPop(out IDisposable? item))
        {
            item.Dispose();
        }
    }

    private static void Check(int vertexCount, ReadOnlySpan<int> faces, ReadOnlySpan<byte> labels, int width, int height)
    {
        if (width is < 1 or > MostSide || height is < 1 or > MostSide)
        {
            throw new ArgumentException($"buffers of {width}x{height} pixels cannot be drawn; give 1 to {MostSide} columns and rows");
        }

        if (labels.IsEmpty || faces.Length != 3 * labels.Length)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit {faces.Length / 3} faces, or there is none", nameof(labels));
        }

        foreach (int index in faces)
        {
            if ((uint)index >= (uint)vertexCount)
            {
                throw new ArgumentException($"a face names vertex {index} of a mesh with {vertexCount} vertices", nameof(faces));
            }
        }
    }

    private void Require(ulong address, int pitch, string name)
    {
        if (address != 0 && pitch < Width)
        {
            throw new ArgumentException($"the {name} buffer's pitch of {pitch} elements is shorter than a row of {Width}");
        }
    }

    private DeviceMemory Load(ReadOnlySpan<byte> bytes)
    {
        DeviceMemory memory = Allocate(bytes.Length);
        _stream.Write(memory, 0, bytes);
        return memory;
    }

    private DeviceMemory Allocate(long bytes)
    {
        var memory = new DeviceMemory(_context, bytes);
        _made.Push(memory);
        return memory;
    }

    // A ball around the rays of each tile: centre and radius.
    private float[] Tiles(ReadOnlySpan<float> rays)
    {
        float[] tiles = new float[4 * _pixelShape.GridX * _pixelShape.GridY];
        for (int tile = 0; tile < tiles.Length / 4; tile++)
        {
            int left = tile % _pixelShape.GridX * TileSide, top = tile / _pixelShape.GridX * TileSide;
            double x = 0, y = 0, z = 0, radius = -1;
            for (int pass = 0; pass < 2; pass++)
            {
                for (int v = top; v < Math.Min(top + TileSide, Height); v++)
                {
                    for (int u = left; u < Math.Min(left + TileSide, Width); u++)
                    {
                        ReadOnlySpan<float> ray = rays.Slice(3 * ((v * Width) + u), 3);
                        if (!float.IsFinite(ray[0] + ray[1] + ray[2]))
                        {
                            continue;
                        }

                        (double dx, double dy, double dz) = (ray[0] - x, ray[1] - y, ray[2] - z);
                        (x, y, z) = pass == 0 ? (x + ray[0], y + ray[1], z + ray[2]) : (x, y, z);
                        radius = pass == 0 ? radius : Math.Max(radius, Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz)));
                    }
                }

                double length = pass == 0 ? Math.Sqrt((x * x) + (y * y) + (z * z)) : 1;
                (x, y, z) = length > 0 ? (x / length, y / length, z / length) : (0, 0, 0);
            }

            (tiles[4 * tile], tiles[(4 * tile) + 1], tiles[(4 * tile) + 2], tiles[(4 * tile) + 3]) = ((float)x, (float)y, (float)z, (float)radius);
        }

        return tiles;
    }
}
