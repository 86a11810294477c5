namespace PtxSimulator.Execution;

/// <summary>Fills the rows of special registers at the start of a block.</summary>
internal static unsafe class SpecialRegisters
{
    public static void Fill(Warp warp)
    {
        foreach (var (offset, register) in warp.Kernel.Specials)
        {
            uint* row = (uint*)(warp.Registers + offset);
            for (int lane = 0; lane < 32; lane++)
            {
                row[lane] = Value(register, warp, lane);
            }
        }
    }

    private static uint Value(SpecialRegister register, Warp warp, int lane)
    {
        var block = warp.Block;
        var shape = block.Shape;
        var size = shape.Block;
        var thread = size.At(warp.Index * 32 + lane);
        return register switch
        {
            SpecialRegister.ThreadX => thread.X,
            SpecialRegister.ThreadY => thread.Y,
            SpecialRegister.ThreadZ => thread.Z,
            SpecialRegister.BlockX => block.Position.X,
            SpecialRegister.BlockY => block.Position.Y,
            SpecialRegister.BlockZ => block.Position.Z,
            SpecialRegister.BlockSizeX => size.X,
            SpecialRegister.BlockSizeY => size.Y,
            SpecialRegister.BlockSizeZ => size.Z,
            SpecialRegister.GridSizeX => shape.Grid.X,
            SpecialRegister.GridSizeY => shape.Grid.Y,
            SpecialRegister.GridSizeZ => shape.Grid.Z,
            SpecialRegister.Lane => (uint)lane,
            SpecialRegister.Warp => (uint)warp.Index,
            SpecialRegister.WarpCount => (uint)((size.Count + 31) / 32),
            SpecialRegister.LaneMaskEqual => 1u << lane,
            SpecialRegister.LaneMaskLess => (1u << lane) - 1,
            SpecialRegister.LaneMaskLessEqual => (uint)((1ul << (lane + 1)) - 1),
            SpecialRegister.LaneMaskGreater => ~(uint)((1ul << (lane + 1)) - 1),
            SpecialRegister.LaneMaskGreaterEqual => ~((1u << lane) - 1),
            SpecialRegister.DynamicSharedBytes => (uint)shape.DynamicSharedBytes,
            SpecialRegister.TotalSharedBytes => (uint)(shape.DynamicSharedBytes + warp.Kernel.StaticSharedBytes),
            SpecialRegister.Multiprocessor => (uint)(block.Index % block.MultiprocessorCount),
            SpecialRegister.MultiprocessorCount => (uint)block.MultiprocessorCount,
            _ => 0,
        };
    }
}
