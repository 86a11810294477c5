using System.Runtime.Intrinsics.X86;

namespace PtxSimulator.Operations;

/// <summary>
/// <c>ldmatrix</c> and <c>mma</c>. A row of 32 lanes with two halves each, read as 64 halves, is a row-major 8x8 tile. A fragment
/// of A is its quarters (top, left), (bottom, left), (top, right), (bottom, right); of B the transposed halves along k; of C and D
/// the even and the odd columns of the top half, then of the bottom half. Sums are kept in single precision in the order of k,
/// where the hardware's order is its own, so results compare by tolerance.
/// </summary>
internal static unsafe class MatrixOperations
{
    private const int TileValues = 64;

    /// <summary>Loads one 8x8 tile per destination row; lanes 8i to 8i+7 hold the addresses of the rows of tile i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadMatrix(Warp warp, Instruction instruction, uint mask)
    {
        ulong* addresses = stackalloc ulong[32];
        LaneAddresses.Compute(warp.Registers, instruction.A, instruction.WideAddress, instruction.Immediate, addresses);
        var shared = warp.Block.Shared;
        bool transposes = instruction.SignExtends;
        int wavefronts = 0;
        for (int tile = 0; tile < instruction.Rows.Length; tile++)
        {
            byte* row = warp.Registers + instruction.Rows[tile];
            for (int i = 0; i < 8; i++)
            {
                ulong address = addresses[tile * 8 + i];
                byte* source = shared.Pointer(address, 16, 1, tile * 8 + i, "read by ldmatrix");
                if (!transposes)
                {
                    *(UInt128*)(row + i * 16) = *(UInt128*)source;
                    continue;
                }
                for (int column = 0; column < 8; column++)
                {
                    ((ushort*)row)[column * 8 + i] = ((ushort*)source)[column];
                }
            }
            shared.CheckRowsRead(addresses + tile * 8, tile * 8, warp);
            wavefronts += RowConflicts(addresses + tile * 8);
        }
        warp.Block.Counters.SharedRequests++;
        warp.Block.Counters.SharedWavefronts += wavefronts;
    }

    /// <summary><c>mma.m16n8k(8 * steps)</c> with halves multiplied and singles summed. Rows: D (4), A (2 per step), B (1 per step), C (4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplySingle(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        var rows = instruction.Rows;
        int steps = (rows.Length - 8) / 3, c = 4 + 3 * steps;
        float* sum = stackalloc float[2 * TileValues];
        Interleave((float*)(registers + rows[c]), (float*)(registers + rows[c + 1]), sum);
        Interleave((float*)(registers + rows[c + 2]), (float*)(registers + rows[c + 3]), sum + TileValues);
        Multiply(registers, rows.AsSpan(4, 3 * steps), steps, sum);
        Separate(sum, (float*)(registers + rows[0]), (float*)(registers + rows[1]));
        Separate(sum + TileValues, (float*)(registers + rows[2]), (float*)(registers + rows[3]));
        warp.Block.Counters.MatrixInstructions++;
    }

    /// <summary>The same with C and D in halves. Rows: D (2), A (2 per step), B (1 per step), C (2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        var rows = instruction.Rows;
        int steps = (rows.Length - 4) / 3, c = 2 + 3 * steps;
        float* sum = stackalloc float[2 * TileValues];
        LoadTile(registers + rows[c], sum);
        LoadTile(registers + rows[c + 1], sum + TileValues);
        Multiply(registers, rows.AsSpan(2, 3 * steps), steps, sum);
        for (int i = 0; i < 2 * TileValues; i++)
        {
            ((Half*)(registers + rows[i / TileValues]))[i % TileValues] = (Half)sum[i];
        }
        warp.Block.Counters.MatrixInstructions++;
    }

    /// <summary>Adds A times B to two 8x8 tiles of sums, the top half first. Operand rows: A (2 per step), then B (1 per step).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(byte* registers, ReadOnlySpan<int> operands, int steps, float* sum)
    {
        float* left = stackalloc float[TileValues], right = stackalloc float[TileValues];
        for (int step = 0; step < steps; step++)
        {
            LoadTransposedTile(registers + operands[2 * steps + step], right);
            var b0 = Vector256.Load(right);
            var b1 = Vector256.Load(right + 8);
            var b2 = Vector256.Load(right + 16);
            var b3 = Vector256.Load(right + 24);
            var b4 = Vector256.Load(right + 32);
            var b5 = Vector256.Load(right + 40);
            var b6 = Vector256.Load(right + 48);
            var b7 = Vector256.Load(right + 56);
            for (int half = 0; half < 2; half++)
            {
                LoadTile(registers + operands[2 * step + half], left);
                for (int row = 0; row < 8; row++)
                {
                    float* a = left + row * 8, c = sum + half * TileValues + row * 8;
                    var x = Vector256.Load(c);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[0]), b0, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[1]), b1, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[2]), b2, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[3]), b3, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[4]), b4, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[5]), b5, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[6]), b6, x);
                    x = Vector256.FusedMultiplyAdd(Vector256.Create(a[7]), b7, x);
                    x.Store(c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTile(byte* row, float* tile)
    {
        for (int i = 0; i < TileValues; i += 16)
        {
            StoreSingles(Vector256.Load((ushort*)row + i), tile + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTransposedTile(byte* row, float* tile)
    {
        if (Avx512BW.IsSupported)
        {
            var (first, last) = (Vector512.Load((ushort*)row), Vector512.Load((ushort*)row + 32));
            var top = Avx512BW.PermuteVar32x16x2(first, Columns, last);
            var bottom = Avx512BW.PermuteVar32x16x2(first, Columns + Vector512.Create((ushort)4), last);
            StoreSingles(top.GetLower(), tile);
            StoreSingles(top.GetUpper(), tile + 16);
            StoreSingles(bottom.GetLower(), tile + 32);
            StoreSingles(bottom.GetUpper(), tile + 48);
            return;
        }
        float* columns = stackalloc float[TileValues];
        LoadTile(row, columns);
        for (int i = 0; i < TileValues; i++)
        {
            tile[i] = columns[i % 8 * 8 + i / 8];
        }
    }

    /// <summary>Where the values of the first four columns of an 8x8 tile lie, column after column.</summary>
    private static Vector512<ushort> Columns => Vector512.Create(
        0, 8, 16, 24, 32, 40, 48, 56, 1, 9, 17, 25, 33, 41, 49, 57, 2, 10, 18, 26, 34, 42, 50, 58, 3, 11, 19, 27, 35, 43, 51, (ushort)59);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSingles(Vector256<ushort> halves, float* target)
    {
        var (low, high) = Vector256.Widen(halves);
        HalfVectors.ToSingle(Vector512.Create(low, high)).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(float* even, float* odd, float* tile)
    {
        for (int row = 0; row < 8; row++)
        {
            var pairs = Vector256.Create(Vector128.Load(even + row * 4), Vector128.Load(odd + row * 4));
            Vector256.Shuffle(pairs, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).Store(tile + row * 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Separate(float* tile, float* even, float* odd)
    {
        for (int row = 0; row < 8; row++)
        {
            var parts = Vector256.Shuffle(Vector256.Load(tile + row * 8), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
            parts.GetLower().Store(even + row * 4);
            parts.GetUpper().Store(odd + row * 4);
        }
    }

    /// <summary>Passes to fetch eight 16-byte rows: as many as share one group of four banks.</summary>
    private static int RowConflicts(ulong* addresses)
    {
        uint groups = 0;
        int most = 1;
        for (int i = 0; i < 8; i++)
        {
            int shift = (int)(addresses[i] >> 4 & 7) * 4;
            groups += 1u << shift;
            most = Math.Max(most, (int)(groups >> shift & 15));
        }
        return most;
    }
}
