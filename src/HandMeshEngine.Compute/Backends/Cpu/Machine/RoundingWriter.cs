namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>Writes a function that rounds runs of floats to bf16; it takes <see cref="RoundedRows"/>.</summary>
internal static class RoundingWriter
{
    private const int Width = 16, FloatBytes = Width * sizeof(float), HalfBytes = FloatBytes / 2;

    // Vectors that are written out between two jumps.
    private const int Unrolled = 8;

    /// <summary>What tells such functions apart.</summary>
    /// <param name="Floats">Floats of a run.</param>
    internal sealed record Description(int Floats);

    /// <summary>Writes the function for this system, or for Windows.</summary>
    public static void Write(Assembler code, Description rounding, bool isWindows)
    {
        var frame = new CallFrame(code, registers: 7, slots: 1, isWindows);
        (Gpr from, Gpr to, Gpr runs, Gpr fromStep, Gpr toStep, Gpr at) = (Gpr.Rax, Gpr.Rdx, Gpr.R8, Gpr.R9, Gpr.R10, Gpr.R11);
        code.Mov(from, new Address(frame.Argument, RoundedRows.FromAt));
        code.Mov(to, new Address(frame.Argument, RoundedRows.ToAt));
        code.Mov(runs, new Address(frame.Argument, RoundedRows.RunsAt));
        code.Mov(fromStep, new Address(frame.Argument, RoundedRows.FromStepAt));
        code.Mov(toStep, new Address(frame.Argument, RoundedRows.ToStepAt));
        int vectors = rounding.Floats / Width, lanes = rounding.Floats % Width;
        if (lanes > 0)
        {
            code.Mov32(at, (1 << lanes) - 1);
            code.Kmovw(1, at);
        }

        int rounds = vectors / Unrolled, rest = vectors % Unrolled;
        int next = code.NewLabel();
        code.Place(next);
        code.Mov32(at, 0);
        if (rounds > 0)
        {
            int again = code.NewLabel();
            code.Place(again);
            Vectors(code, from, to, at, Unrolled);
            code.Add(at, Unrolled * HalfBytes);
            code.Cmp(at, rounds * Unrolled * HalfBytes);
            code.Jnz(again);
        }

        Vectors(code, from, to, at, rest);
        if (lanes > 0)
        {
            code.VmovupsZeroing(Vec.Zmm(0), new Address(from, rest * FloatBytes, at, 2), 1);
            code.Vcvtneps2bf16(Vec.Ymm(0), Vec.Zmm(0));
            code.Vmovdqu16(new Address(to, rest * HalfBytes, at), Vec.Ymm(0), 1);
        }

        code.Add(from, fromStep);
        code.Add(to, toStep);
        code.Sub(runs, 1);
        code.Jnz(next);
        frame.End();
    }

    private static void Vectors(Assembler code, Gpr from, Gpr to, Gpr at, int vectors)
    {
        for (int v = 0; v < vectors; v++)
        {
            code.Vcvtneps2bf16(Vec.Ymm(v), new Address(from, v * FloatBytes, at, 2));
            code.Vmovups(new Address(to, v * HalfBytes, at), Vec.Ymm(v));
        }
    }
}
