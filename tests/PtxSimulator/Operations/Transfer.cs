using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PtxSimulator.Execution;

namespace PtxSimulator.Operations;

/// <summary>Moves bytes between memory and register rows for one run of lanes.</summary>
internal static unsafe class Transfer
{
    public static void Load(byte* source, int stride, Instruction instruction, byte* registers, LaneRun run, uint mask)
    {
        int width = instruction.Width;
        var rows = instruction.Rows;
        if (rows.Length == 4 && width == 4 && stride == 16 && run.Count >= 4 && !instruction.WideRows)
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
            else if (width == 4 && !instruction.WideRows)
            {
                LoadWords((uint*)row + run.First, source, stride, run.Count);
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

    public static void Store(byte* target, int stride, Instruction instruction, byte* registers, LaneRun run)
    {
        int width = instruction.Width;
        var rows = instruction.Rows;
        int count = stride == 0 ? 1 : run.Count;
        for (int item = 0; item < rows.Length; item++, target += width)
        {
            byte* row = registers + rows[item];
            int step = instruction.WideRows ? 8 : 4;
            row += run.First * step;
            if (stride == 4 && width == 4 && step == 4)
            {
                Buffer.MemoryCopy(row, target, count * 4, count * 4);
                continue;
            }
            for (int i = 0; i < count; i++)
            {
                byte* element = row + i * step, place = target + (long)i * stride;
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
        }
    }

    /// <summary>Four words a lane, four lanes at a time: a matrix transposed.</summary>
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

    private static void LoadWords(uint* row, byte* source, int stride, int count)
    {
        if (stride == 4)
        {
            Buffer.MemoryCopy(source, row, count * 4, count * 4);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            row[i] = *(uint*)(source + (long)i * stride);
        }
    }

    private static void Broadcast(byte* row, ulong value, LaneRun run, uint mask, bool wide)
    {
        if (run.Count == 32)
        {
            for (int lane = 0; lane < 32; lane += 8)
            {
                if (wide)
                {
                    Lanes.Store((ulong*)row + lane, Vector512.Create(value), mask >> lane, mask == Warp.AllLanes);
                }
                else if ((lane & 8) == 0)
                {
                    Lanes.Store((uint*)row + lane, Vector512.Create((uint)value), mask >> lane, mask == Warp.AllLanes);
                }
            }
            return;
        }
        for (int i = run.First; i < run.First + run.Count; i++)
        {
            Put(row, i, value, wide);
        }
    }
}
