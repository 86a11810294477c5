using HandMeshEngine.Cuda.Tests.Compilation;

namespace HandMeshEngine.Cuda.Tests;

/// <summary>What the functions of prelude.cuh and mma.cuh compute, on every architecture they have a branch for.</summary>
public sealed class PreludeTests
{
    private const string Halves = """
        #include "prelude.cuh"
        KERNEL(32) convert(const float* x, unsigned short* single, unsigned* pair, float* back, uint4* eight, float* lost) {
            const int t = (int)threadIdx.x;
            single[t] = float_to_half(x[t]).bits;
            lost[t] = rounding_of(x[t]);
            const unsigned packed = pack_halves(x[t], x[(t + 1) % 32]);
            pair[t] = packed;
            back[2 * t] = low_half(packed), back[2 * t + 1] = high_half(packed);
            if (t < 4) {
                float values[8];
                UNROLL for (int i = 0; i < 8; i++) values[i] = x[8 * t + i];
                const uint4 all = pack_halves(values);
                unpack_halves(all, values);
                eight[t] = pack_halves(values);
            }
        }
        """;

    private const string Warp = """
        #include "prelude.cuh"
        KERNEL(32) reduce(const float* x, float* out) {
            SHARED_MEMORY(memory);
            const int t = (int)threadIdx.x;
            copy_async_4(shared_address(memory) + t * 4u, x + (t < 20 ? t : 0), t < 20);
            copy_async_commit();
            copy_async_wait<0>();
            __syncwarp();
            const float mine = ((const float*)memory)[31 - t];
            out[t] = warp_sum(mine);
            out[32 + t] = warp_max(mine);
            out[64 + t] = mine;
        }
        """;

    private const string Product = """
        #include "mma.cuh"
        KERNEL(32) product(const half_t* a, const half_t* b, const half_t* transposed, float* out) {
            SHARED_MEMORY(memory);
            const unsigned base = shared_address(memory), lane = threadIdx.x;
            const bool half_warp = lane < 16u;
            copy_async_16(base + lane * 16u, a + lane * 8u, true);
            copy_async_16(base + 512u + lane * 16u, half_warp ? b + lane * 8u : b, half_warp);
            copy_async_16(base + 1024u + lane * 16u, half_warp ? transposed + lane * 8u : transposed, half_warp);
            copy_async_commit();
            copy_async_wait<0>();
            __syncthreads();

            unsigned fa[4], fb[2], ft[4];
            load_matrix_x4(fa, base + (lane % 16u) * 32u + (lane / 16u) * 16u);
            load_matrix_x2(fb, base + 512u + (lane % 8u) * 32u + (lane / 8u % 2u) * 16u);
            load_matrix_x4_transposed(ft, base + 1024u + (lane % 16u) * 16u);
            float d[2][4] = {};
            mma_16x8x16(d[0], fa, fb[0], fb[1]);
            mma_16x8x16(d[1], fa, ft[0], ft[1]);
            UNROLL for (int which = 0; which < 2; which++) {
                float* row = out + which * 128 + lane / 4u * 8u + lane % 4u * 2u;
                row[0] = d[which][0], row[1] = d[which][1];
                row[64] = d[which][2], row[65] = d[which][3];
            }
        }
        """;

    public static TheoryData<string, int> Cases =>
        new(from version in (string[])["11.8", "12.4"] from sm in (int[])[75, 80, 90] select (version, sm));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Halves_are_rounded_as_IEEE_says(string nvrtc, int sm)
    {
        float[] x =
        [
            0f, -0f, 1f, -1f, 65504f, 65519f, 65520f, -1e9f, 5.9604645e-8f, 2.9802322e-8f, 2.98e-8f, 6.1e-5f, 1e-5f, 0.1f, 1f / 3f,
            2048.5f, 2049f, 2051f, 4097f, float.Pi, float.PositiveInfinity, float.NegativeInfinity, 1.0004883f, 1.0014648f, -0.3f,
            12345.678f, 7e-6f, 3.3e-7f, -65504f, 100f, 255f, 0.00390625f,
        ];
        Assert.Equal(32, x.Length);
        using Run run = new(nvrtc, sm, Halves, "convert");
        ulong single = run.Allocate(64), pair = run.Allocate(128), back = run.Allocate(256), eight = run.Allocate(64), lost = run.Allocate(128);
        run.Launch(run.Upload<float>(x), single, pair, back, eight, lost);

        ushort[] expected = [.. x.Select(value => BitConverter.HalfToUInt16Bits((Half)value))];
        Assert.Equal(expected, run.Read<ushort>(single, 32));
        Assert.Equal(expected.Select((low, i) => low | ((uint)expected[(i + 1) % 32] << 16)), run.Read<uint>(pair, 32));
        Assert.Equal(x.SelectMany((value, i) => new[] { (float)(Half)value, (float)(Half)x[(i + 1) % 32] }), run.Read<float>(back, 64));
        Assert.Equal(expected, run.Read<ushort>(eight, 32));
        Assert.Equal(x.Select(value => value - (float)(Half)value), run.Read<float>(lost, 32));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_warp_reduces_what_was_copied_and_zeros_elsewhere(string nvrtc, int sm)
    {
        float[] x = [.. Enumerable.Range(0, 20).Select(i => (i * 7 % 20) - 25f)];
        using Run run = new(nvrtc, sm, Warp, "reduce");
        ulong results = run.Allocate(3 * 128);
        run.Launch(run.Upload<float>(x), results);
        float[] actual = run.Read<float>(results, 96);
        Assert.All(actual[..32], sum => Assert.Equal(x.Sum(), sum));
        Assert.All(actual[32..64], max => Assert.Equal(0f, max));
        Assert.Equal([.. Enumerable.Range(0, 32).Select(t => 31 - t < 20 ? x[31 - t] : 0f)], actual[64..]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_tensor_core_product_is_the_product(string nvrtc, int sm)
    {
        Random random = new(1);
        Half[] a = [.. Enumerable.Range(0, 16 * 16).Select(_ => (Half)(random.NextSingle() - 0.5f))];
        Half[] b = [.. Enumerable.Range(0, 8 * 16).Select(_ => (Half)(random.NextSingle() - 0.5f))]; // [n, k]
        Half[] transposed = [.. Enumerable.Range(0, 16 * 8).Select(i => b[(i % 8 * 16) + (i / 8)])]; // [k, n]
        using Run run = new(nvrtc, sm, Product, "product");
        ulong results = run.Allocate(2 * 128 * 4);
        run.Launch(run.Upload<Half>(a), run.Upload<Half>(b), run.Upload<Half>(transposed), results);
        float[] actual = run.Read<float>(results, 256);
        for (int i = 0; i < 128; i++)
        {
            double expected = Enumerable.Range(0, 16).Sum(k => (double)a[(i / 8 * 16) + k] * (double)b[(i % 8 * 16) + k]);
            Assert.Equal(expected, actual[i], 1e-5);
            Assert.Equal(expected, actual[128 + i], 1e-5);
        }
    }

    /// <summary>One kernel of one block of 32 threads with 2 kB of shared memory; all parameters are pointers.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Stack<IDisposable> _owned = [];
        private readonly Dictionary<ulong, DeviceMemory> _memory = [];
        private readonly CudaContext _context;
        private readonly CudaStream _stream;
        private readonly CudaKernel _kernel;

        public Run(string nvrtc, int sm, string source, string kernel)
        {
            TestDevice test = Own(TestDevice.Open(sm));
            _context = Own(CudaContext.Retain(test.Device));
            _stream = Own(new CudaStream(_context));
            Nvrtc compiler = Compilers.Open(nvrtc);
            KernelImage image = compiler.Compile(Compilers.Program(source), KernelTarget.Choose(test.Device, compiler, out _));
            Assert.Equal("", image.Log);
            _kernel = Own(new CudaModule(_context, image.Bytes)).GetKernel(kernel);
        }

        public ulong Allocate(int bytes)
        {
            DeviceMemory memory = Own(new DeviceMemory(_context, bytes));
            _memory.Add(memory.Address, memory);
            return memory.Address;
        }

        public ulong Upload<T>(T[] values)
            where T : unmanaged
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
            ulong address = Allocate(bytes.Length);
            _stream.Write(_memory[address], 0, bytes);
            return address;
        }

        public void Launch(params ulong[] pointers)
        {
            KernelArguments arguments = new();
            Array.ForEach(pointers, pointer => arguments.Add(pointer));
            _kernel.Launch(_stream, new LaunchShape(1, 1, 1, 32, SharedBytes: 2048), arguments);
        }

        public T[] Read<T>(ulong address, int count)
            where T : unmanaged
        {
            T[] values = new T[count];
            _stream.Read(_memory[address], 0, MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        public void Dispose()
        {
            while (_owned.TryPop(out IDisposable? owned))
            {
                owned.Dispose();
            }
        }

        private T Own<T>(T owned)
            where T : IDisposable
        {
            _owned.Push(owned);
            return owned;
        }
    }
}
