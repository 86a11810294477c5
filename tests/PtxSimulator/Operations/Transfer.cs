namespace PtxSimulator.Operations;

/// <summary>Moves bytes between memory and register rows for one run of lanes.</summary>
internal static unsafe class Transfer
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(byte* source, int stride, Instruction instruction, byte* registers, LaneRun run, uint mask)
    {
        int width = instruction.Width;
        var rows = instruction.Rows;
        if (IsFours(instruction, stride))
        {
            int whole = run.Count & ~3;
            LoadFours(source, rows, registers, run.First, whole);
            source += whole * 16;
            run.First += whole;
            run.Count -= whole;
        }
        for (int item = 0; item < rows.Length; item++, source += width)
        {
            byte* row = registers + rows[item];
            if (stride == 0)
            {
                Broadcast(row, Element(source, instruction), run, mask, instruction.WideRows);
            }
            else if (stride == width && width >= 4 && instruction.WideRows == (width == 8))
            {
                Buffer.MemoryCopy(source, row + run.First * width, run.Count * width, run.Count * width);
            }
            else if (stride == 2 && width == 2 && !instruction.SignExtends && !instruction.WideRows)
            {
                LoadHalfWords((uint*)row + run.First, (ushort*)source, run.Count);
            }
            else
            {
                for (int i = 0; i < run.Count; i++)
                {
                    Put(row, run.First + i, Element(source + (long)i * stride, instruction), instruction.WideRows);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(byte* target, int stride, Instruction instruction, byte* registers, LaneRun run)
    {
        int width = instruction.Width, step = instruction.WideRows ? 8 : 4;
        var rows = instruction.Rows;
        if (IsFours(instruction, stride))
        {
            int whole = run.Count & ~3;
            StoreFours(target, rows, registers, run.First, whole);
            target += whole * 16;
            run.First += whole;
            run.Count -= whole;
        }
        int count = stride == 0 ? 1 : run.Count;
        for (int item = 0; item < rows.Length; item++, target += width)
        {
            byte* row = registers + rows[item] + run.First * step;
            if (stride == width && width == step)
            {
                Buffer.MemoryCopy(row, target, count * width, count * width);
                continue;
            }
            for (int i = 0; i < count; i++)
            {
                StoreElement(row + i * step, target + (long)i * stride, width);
            }
        }
    }

    /// <summary>Each lane at any place; addresses count from an origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scattered(byte* origin, ulong* addresses, Instruction instruction, byte* registers, uint mask, bool store)
    {
        int width = instruction.Width, step = instruction.WideRows ? 8 : 4;
        bool plainWord = !store && width == 4 && step == 4;
        foreach (int offset in instruction.Rows)
        {
            byte* row = registers + offset;
            for (uint rest = mask; rest != 0; rest &= rest - 1)
            {
                int lane = BitOperations.TrailingZeroCount(rest);
                byte* place = origin + addresses[lane];
                if (plainWord)
                {
                    ((uint*)row)[lane] = *(uint*)place;
                }
                else if (store)
                {
                    StoreElement(row + lane * step, place, width);
                }
                else
                {
                    Put(row, lane, Element(place, instruction), instruction.WideRows);
                }
            }
            origin += width;
        }
    }

    private static bool IsFours(Instruction instruction, int stride) =>
        stride == 16 && instruction.Rows.Length == 4 && !instruction.WideRows;

    private static void StoreElement(byte* element, byte* place, int width)
    {
        switch (width)
        {
            case 1:
                *place = *element;
                break;
            case 2:
                *(ushort*)place = *(ushort*)element;
                break;
            case 4:
                *(uint*)place = *(uint*)element;
                break;
            default:
                *(ulong*)place = *(ulong*)element;
                break;
        }
    }

    private static void LoadHalfWords(uint* row, ushort* source, int count)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(source + i));
            low.Store(row + i);
            high.Store(row + i + 8);
        }
        for (; i < count; i++)
        {
            row[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFours(byte* target, int[] rows, byte* registers, int first, int count)
    {
        for (int lane = first; lane < first + count; lane += 4, target += 64)
        {
            Matrix4x4 columns;
            float* row = (float*)&columns;
            for (int item = 0; item < 4; item++)
            {
                Vector128.Load((float*)(registers + rows[item]) + lane).Store(row + item * 4);
            }
            *(Matrix4x4*)target = Matrix4x4.Transpose(columns);
        }
    }

    /// <summary>Four words a lane, four lanes at a time: a matrix transposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadFours(byte* source, int[] rows, byte* registers, int first, int count)
    {
        for (int lane = first; lane < first + count; lane += 4, source += 64)
        {
            var columns = Matrix4x4.Transpose(*(Matrix4x4*)source);
            float* row = (float*)&columns;
            for (int item = 0; item < 4; item++)
            {
                Vector128.Load(row + item * 4).Store((float*)(registers + rows[item]) + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Element(byte* source, Instruction instruction) => instruction.Width switch
    {
        1 => instruction.SignExtends ? (ulong)*(sbyte*)source : *source,
        2 => instruction.SignExtends ? (ulong)*(short*)source : *(ushort*)source,
        4 => instruction.SignExtends ? (ulong)*(int*)source : *(uint*)source,
        _ => *(ulong*)source,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(byte* row, int lane, ulong value, bool wide)
    {
        if (wide)
        {
            ((ulong*)row)[lane] = value;
        }
        else
        {
            ((uint*)row)[lane] = (uint)value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Broadcast(byte* row, ulong value, LaneRun run, uint mask, bool wide)
    {
        uint lanes = mask & (uint)(((1ul << run.Count) - 1) << run.First);
        bool all = lanes == Warp.AllLanes;
        if (wide)
        {
            for (int lane = 0; lane < 32; lane += 8)
            {
                Lanes.Store((ulong*)row + lane, Vector512.Create(value), lanes >> lane, all);
            }
            return;
        }
        Lanes.Store((uint*)row, Vector512.Create((uint)value), lanes, all);
        Lanes.Store((uint*)row + 16, Vector512.Create((uint)value), lanes >> 16, all);
    }
}
