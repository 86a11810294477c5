namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Packed weights and tables of a plan, in pinned arrays that live as long as the plan; aligned to cache lines.</summary>
internal sealed unsafe class ConstantStore
{
    private const int Alignment = 64;

    // Kernels read whole vectors, past the last float too.
    private const int Slack = 64;

    private const long SmallestSlab = 16 * 1024, LargestSlab = 16 << 20;

    private readonly List<byte[]> _arrays = [];
    private readonly Dictionary<object, nint> _shared = [];

    private byte* _next;
    private long _left;
    private long _slab;

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Zeroed floats.</summary>
    public float* Floats(long count) => (float*)Allocate<float>(count);

    /// <summary>A copy of these floats.</summary>
    public float* Floats(ReadOnlySpan<float> values)
    {
        float* data = Floats(values.Length);
        values.CopyTo(new Span<float>(data, values.Length));
        return data;
    }

    /// <summary>A copy of these numbers.</summary>
    public int* Integers(ReadOnlySpan<int> values)
    {
        var data = (int*)Allocate<int>(values.Length);
        values.CopyTo(new Span<int>(data, values.Length));
        return data;
    }

    /// <summary>A copy of these numbers.</summary>
    public double* Doubles(ReadOnlySpan<double> values)
    {
        var data = (double*)Allocate<double>(values.Length);
        values.CopyTo(new Span<double>(data, values.Length));
        return data;
    }

    /// <summary>A copy of a tensor, channels last.</summary>
    public View Value(Tensor tensor)
    {
        float* data = Floats(tensor.Shape.Count);
        View view = View.OfPixels(new CpuBuffer(data, tensor.Shape.Count), tensor.Shape, View.ChannelsOf(tensor.Shape));
        ReadOnlySpan<float> values = tensor.Span<float>();
        if (tensor.Shape.Rank != 4)
        {
            values.CopyTo(new Span<float>(data, values.Length));
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

    private void* Allocate<T>(long count)
        where T : unmanaged
    {
        long bytes = ((count * sizeof(T)) + Slack + Alignment - 1) & -Alignment;
        Bytes += bytes;
        if (bytes > _left)
        {
            _slab = Math.Max(Math.Min(Math.Max(SmallestSlab, 2 * _slab), LargestSlab), bytes);
            byte[] array = GC.AllocateArray<byte>(checked((int)(_slab + Alignment)), pinned: true);
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
        return data;
    }
}
