namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// B^T d B of Winograd's F(2x2, 3x3) for the 4x4 patches of a map, rounded to bf16. Everything but where the patch and the result lie is
/// fixed by the layer.
/// </summary>
/// <param name="Channels">Channels of the map; the last vector of the result is filled with zeros.</param>
/// <param name="RowBytes">From one row of the map to the next.</param>
/// <param name="PixelBytes">From one pixel to the next.</param>
/// <param name="MatrixBytes">From one of the 16 results to the next.</param>
internal sealed record PatchTransform(int Channels, int RowBytes, int PixelBytes, int MatrixBytes)
{
    private const int Side = 4, Width = 16, FloatBytes = 64, HalfBytes = 32;

    /// <summary>The arguments.</summary>
    internal unsafe struct Call
    {
        public float* Patch;

        public float* To;
    }

    /// <summary>Writes the function for this system, or for Windows.</summary>
    public void Write(Assembler code, bool isWindows)
    {
        var frame = new CallFrame(code, registers: 4, slots: 1, isWindows);
        (Gpr patch, Gpr to, Gpr left) = (Gpr.Rax, Gpr.Rdx, Gpr.R8);
        code.Mov(patch, new Address(frame.Argument, 0));
        code.Mov(to, new Address(frame.Argument, 8));
        int vectors = Channels / Width, lanes = Channels % Width;
        if (vectors > 0)
        {
            int next = code.NewLabel();
            code.Mov32(left, vectors);
            code.Place(next);
            Vector(code, patch, to, isWhole: true);
            code.Add(patch, FloatBytes);
            code.Add(to, HalfBytes);
            code.Sub(left, 1);
            code.Jnz(next);
        }

        if (lanes > 0)
        {
            code.Mov32(left, (1 << lanes) - 1);
            code.Kmovw(1, left);
            Vector(code, patch, to, isWhole: false);
        }

        frame.End();
    }

    // Registers 0 to 15 hold the patch, 16 to 31 the patch transformed along its columns.
    private void Vector(Assembler code, Gpr patch, Gpr to, bool isWhole)
    {
        for (int i = 0; i < Side * Side; i++)
        {
            var at = new Address(patch, (i / Side * RowBytes) + (i % Side * PixelBytes));
            if (isWhole)
            {
                code.Vmovups(Vec.Zmm(i), at);
            }
            else
            {
                code.VmovupsZeroing(Vec.Zmm(i), at, 1);
            }
        }

        for (int x = 0; x < Side; x++)
        {
            Line(code, i => Vec.Zmm((i * Side) + x), i => Vec.Zmm(16 + (i * Side) + x));
        }

        for (int y = 0; y < Side; y++)
        {
            Line(code, i => Vec.Zmm(16 + (y * Side) + i), i => Vec.Zmm((y * Side) + i));
        }

        for (int i = 0; i < Side * Side; i++)
        {
            code.Vcvtneps2bf16(Vec.Ymm(16 + i), Vec.Zmm(i));
            code.Vmovups(new Address(to, i * MatrixBytes), Vec.Ymm(16 + i));
        }
    }

    // d0 - d2, d1 + d2, d2 - d1, d1 - d3.
    private static void Line(Assembler code, Func<int, Vec> d, Func<int, Vec> v)
    {
        code.Vsubps(v(0), d(0), d(2));
        code.Vaddps(v(1), d(1), d(2));
        code.Vsubps(v(2), d(2), d(1));
        code.Vsubps(v(3), d(1), d(3));
    }
}
