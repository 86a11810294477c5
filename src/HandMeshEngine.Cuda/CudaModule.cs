using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Cuda;

/// <summary>Loaded machine code. Thread-safe. Its kernels end with it.</summary>
public sealed unsafe class CudaModule : IDisposable
{
    private const int JitErrorLogBuffer = 5;
    private const int JitErrorLogBufferBytes = 6;
    private const int LogBytes = 8192;

    // Kernels of older architectures have no instruction that waits for the launch before theirs.
    private const int OldestSmThatWaits = 90;

    private readonly nint _handle;
    private readonly bool _waits;
    private int _disposed;

    /// <summary>Loads a compiled program. Only kernels of an image for sm_90 or newer can overlap the launch before theirs.</summary>
    /// <param name="context">The context.</param>
    /// <param name="image">The image.</param>
    /// <exception cref="CudaException">The driver refused; for PTX the message holds what its compiler said.</exception>
    public CudaModule(CudaContext context, KernelImage image)
        : this(context, image.Bytes)
    {
        _waits = image.Target.Sm >= OldestSmThatWaits;
    }

    /// <summary>Loads a CUBIN or PTX text of which nothing else is known: its kernels are always launched behind what came before.</summary>
    /// <param name="context">The context.</param>
    /// <param name="image">The image; PTX needs no zero at its end.</param>
    /// <exception cref="CudaException">The driver refused; for PTX the message holds what its compiler said.</exception>
    public CudaModule(CudaContext context, ReadOnlySpan<byte> image)
    {
        Context = context;
        using CudaScope scope = context.Enter();
        byte[] ended = new byte[image.Length + 1];
        image.CopyTo(ended);
        byte[] log = new byte[LogBytes];
        nint handle;
        CudaResult result;
        fixed (byte* start = ended, text = log)
        {
            int* options = stackalloc int[] { JitErrorLogBuffer, JitErrorLogBufferBytes };
            void** values = stackalloc void*[] { text, (void*)LogBytes };
            result = context.Driver.Table.ModuleLoadDataEx(&handle, start, 2, options, values);
        }

        if (result != CudaResult.Success)
        {
            string said = Encoding.UTF8.GetString(log.AsSpan(0, log.IndexOf((byte)0))).Trim();
            context.Throw(result, "cuModuleLoadDataEx", said.Length == 0 ? "" : $": {said}");
        }

        _handle = handle;
        context.AddReference();
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>The kernel with the given name, loaded completely, so that its first launch may be captured.</summary>
    /// <exception cref="CudaException">There is none, or the driver refused.</exception>
    public CudaKernel GetKernel(string name)
    {
        using CudaScope scope = Context.Enter();
        nint function;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Context.Check(Context.Driver.Table.ModuleGetFunction(&function, _handle, text), "cuModuleGetFunction", $": kernel {name}");
        }

        return new CudaKernel(Context, function, name, _waits);
    }

    /// <summary>Unloads it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free(Context.Driver.Table.ModuleUnload, _handle, "cuModuleUnload");
        }
    }
}
