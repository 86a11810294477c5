using System.Text;

namespace HandMeshEngine.Cuda;

/// <summary>Loaded machine code. Thread-safe. Its kernels end with it.</summary>
public sealed unsafe class CudaModule : IDisposable
{
    private const int JitErrorLogBuffer = 5;
    private const int JitErrorLogBufferBytes = 6;
    private const int LogBytes = 8192;

    private readonly nint _handle;
    private int _disposed;

    /// <summary>Loads a CUBIN or PTX text.</summary>
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

        return new CudaKernel(Context, function, name);
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
