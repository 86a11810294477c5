using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Packed weights and tables of a plan, in pinned arrays that live as long as the plan; aligned to cache lines. Sessions of equal plans
/// share them: planning asks for the same pieces in the same order, so the second plan gets those that the first has filled.
/// </summary>
internal sealed unsafe class ConstantStore : IDisposable
{
    private const int Alignment = 64;

    // Kernels read whole vectors, past the last float too.
    private const int Slack = 64;

    private const long SmallestSlab = 16 * 1024, LargestSlab = 16 << 20;

    private readonly List<byte[]> _arrays = [];
    private readonly List<(nint Data, long Bytes)> _pieces = [];
    private readonly Dictionary<object, nint> _shared = [];
    private int _given;

    private byte* _next;
    private long _left;
    private long _slab;

    /// <summary>An empty store; <paramref name="code"/> takes the machine code of a plan in bf16.</summary>
    public ConstantStore(MachineCode? code = null) => Code = code;

    /// <summary>The memory of another plan, equal to the one that is about to be made.</summary>
    public ConstantStore(ConstantStore filled)
    {
        _arrays = filled._arrays;
        _pieces = filled._pieces;
        Code = filled.Code;
        IsFilled = true;
    }

    /// <summary>True if another plan has filled what this store gives, which then is only to be read.</summary>
    public bool IsFilled { get; }

    /// <summary>The plan's machine code; null if it has none.</summary>
    public MachineCode? Code { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Floats to be filled with the plan's constants, unless <see cref="IsFilled"/>; zeros before.</summary>
    public float* Floats(long count) => (float*)Allocate<float>(count);

    /// <summary>A copy of these floats.</summary>
    public float* Floats(ReadOnlySpan<float> values)
    {
        float* data = Floats(values.Length);
        Fill(values, data);
        return data;
    }

    /// <summary>A copy of these numbers.</summary>
    public int* Integers(ReadOnlySpan<int> values)
    {
        var data = (int*)Allocate<int>(values.Length);
        Fill(values, data);
        return data;
    }

    /// <summary>A copy of these numbers.</summary>
    public double* Doubles(ReadOnlySpan<double> values)
    {
        var data = (double*)Allocate<double>(values.Length);
        Fill(values, data);
        return data;
    }

    /// <summary>A copy of a tensor, channels last.</summary>
    public View Value(Tensor tensor)
    {
        float* data = Floats(tensor.Shape.Count);
        View view = View.OfPixels(new CpuBuffer(data, tensor.Shape.Count), tensor.Shape, View.ChannelsOf(tensor.Shape));
        ReadOnlySpan<float> values = tensor.Span<float>();
        if (IsFilled || tensor.Shape.Rank != 4)
        {
            Fill(values, data);
            return view;
        }

        int index = 0, pixels = view.Height * view.Width;
        for (int n = 0; n < view.Images; n++)
        {
            for (int c = 0; c < view.Channels; c++)
            {
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    data[((((long)n * pixels) + pixel) * view.Channels) + c] = values[index++];
                }
            }
        }

        return view;
    }

    /// <summary>The table of a key, made on first use: layers share equal tables.</summary>
    public int* Shared(object key, Func<int[]> make)
    {
        if (!_shared.TryGetValue(key, out nint data))
        {
            data = (nint)Integers(make());
            _shared.Add(key, data);
        }

        return (int*)data;
    }

    /// <summary>Frees the machine code; the rest is the garbage collector's.</summary>
    public void Dispose() => Code?.Dispose();

    private void Fill<T>(ReadOnlySpan<T> values, T* data)
        where T : unmanaged
    {
        if (!IsFilled)
        {
            values.CopyTo(new Span<T>(data, values.Length));
        }
    }

    private void* Allocate<T>(long count)
        where T : unmanaged
    {
        long bytes = ((count * sizeof(T)) + Slack + Alignment - 1) & -Alignment;
        Bytes += bytes;
        if (IsFilled)
        {
            (nint given, long held) = _pieces[_given++];
            return held == bytes ? (void*)given : throw new InvalidOperationException($"a plan asks for {bytes} bytes where an equal one asked for {held}");
        }

        if (bytes > _left)
        {
            _slab = Math.Max(Math.Min(Math.Max(SmallestSlab, 2 * _slab), LargestSlab), bytes);
            byte[] array = HostMemory.Allocate(_slab + Alignment, cleared: true);
            _arrays.Add(array);
            fixed (byte* first = array)
            {
                HugePages.Prefer(first, array.Length);
                _next = (byte*)(((nint)first + Alignment - 1) & -Alignment);
            }

            _left = _slab;
        }

        void* data = _next;
        _next += bytes;
        _left -= bytes;
        _pieces.Add(((nint)data, bytes));
        return data;
    }
}
