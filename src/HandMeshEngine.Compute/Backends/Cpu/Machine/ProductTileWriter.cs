namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// Writes a <see cref="ProductTile"/> as a function that takes a <see cref="TileCall"/>. The sums stay in vector registers from the bias to the
/// store; each pixel's input has a pointer in a general register, as many as x86-64 has, so that counters live on the stack.
/// </summary>
internal sealed class ProductTileWriter
{
    // Steps that are written out between two jumps.
    private const int Unrolled = 4;

    private const int StepBytes = 4, Line = 64;

    // Places on the stack.
    private const int Call = 0, InputRows = 1, OutputRows = 2, ResidualRows = 3, Tiles = 4, Ahead = 5, Spilled = 6, Count = 7, Slots = 9;

    private readonly Assembler _code;
    private readonly ProductTile _tile;
    private readonly IReadOnlyList<Gpr> _pixels;
    private readonly Gpr _weights;
    private readonly int _sums;

    private ProductTileWriter(Assembler code, ProductTile tile)
    {
        _code = code;
        _tile = tile;
        _weights = CallFrame.Registers[0];
        _pixels = [.. CallFrame.Registers.Skip(1).Take(tile.Pixels)];
        _sums = tile.Pixels * tile.Vectors;
    }

    /// <summary>Most pixels that have a register each.</summary>
    public static int MostPixels => CallFrame.Registers.Count - 1;

    /// <summary>Writes the function for this system, or for Windows.</summary>
    public static void Write(Assembler code, ProductTile tile, bool isWindows) => new ProductTileWriter(code, tile).Function(isWindows);

    private void Function(bool isWindows)
    {
        // The epilogue needs four registers, those of pixels that are no longer read among them.
        var frame = new CallFrame(_code, Math.Max(_tile.Pixels + 1, 5), Slots, isWindows);
        Gpr call = frame.Argument, copied = call == CallFrame.Registers[0] ? CallFrame.Registers[1] : CallFrame.Registers[0];
        _code.Mov(CallFrame.Slot(Call), call);
        Keep(call, copied, TileFields.InputRows, InputRows);
        Keep(call, copied, TileFields.OutputRows, OutputRows);
        Keep(call, copied, TileFields.ResidualRows, ResidualRows);
        Keep(call, copied, TileFields.Tiles, Tiles);
        Keep(call, copied, TileFields.Ahead, Ahead);
        int next = _code.NewLabel();
        _code.Place(next);
        PrefetchRows();
        Begin();
        for (int segment = 0; segment < _tile.Segments.Count; segment++)
        {
            Segment(segment);
        }

        Finish();
        int rowBytes = _tile.Pixels * sizeof(int);
        _code.Add(CallFrame.Slot(InputRows), rowBytes);
        _code.Add(CallFrame.Slot(OutputRows), rowBytes);
        _code.Add(CallFrame.Slot(ResidualRows), rowBytes);
        if (_tile.Prefetches)
        {
            _code.Add(CallFrame.Slot(Ahead), Line);
        }

        _code.Sub32(CallFrame.Slot(Tiles), 1);
        _code.Jnz(next);
        frame.End();
    }

    private void Keep(Gpr call, Gpr copied, int field, int slot)
    {
        _code.Mov(copied, new Address(call, field));
        _code.Mov(CallFrame.Slot(slot), copied);
    }

    // The residual is read at the end of the tile: by then it is near.
    private void PrefetchRows()
    {
        if (_tile.HasResidual)
        {
            PrefetchRows(TileFields.Residual, ResidualRows, Line);
        }

        if (_tile.OutputIsFar)
        {
            PrefetchRows(TileFields.Output, OutputRows, _tile.StoresBFloat16 ? Line / 2 : Line);
        }
    }

    private void PrefetchRows(int field, int rows, int vectorBytes)
    {
        (Gpr table, Gpr from, Gpr row) = (CallFrame.Registers[0], CallFrame.Registers[1], CallFrame.Registers[2]);
        _code.Mov(from, CallFrame.Slot(Call));
        _code.Mov(from, new Address(from, field));
        _code.Mov(table, CallFrame.Slot(rows));
        for (int pixel = 0; pixel < _tile.Pixels; pixel++)
        {
            _code.Movsxd(row, new Address(table, pixel * sizeof(int)));
            for (int at = 0; at < _tile.Vectors * vectorBytes; at += Line)
            {
                _code.Prefetcht0(new Address(from, at, row, StepBytes));
            }
        }
    }

    // Sums from the bias, pointers to the inputs of all pixels, weights from their start.
    private void Begin()
    {
        _code.Mov(_weights, CallFrame.Slot(Call));
        _code.Mov(_weights, new Address(_weights, TileFields.Bias));
        for (int v = 0; v < _tile.Vectors; v++)
        {
            _code.Vmovups(Sum(0, v), new Address(_weights, v * Line));
            for (int pixel = 1; pixel < _tile.Pixels; pixel++)
            {
                _code.Vmovups(Sum(pixel, v), Sum(0, v));
            }
        }

        // The register of the last pixel holds the input until that pixel's turn.
        Gpr input = _pixels[^1];
        _code.Mov(input, CallFrame.Slot(Call));
        _code.Mov(input, new Address(input, TileFields.Input));
        _code.Mov(_weights, CallFrame.Slot(InputRows));
        for (int pixel = 0; pixel + 1 < _tile.Pixels; pixel++)
        {
            _code.Movsxd(_pixels[pixel], new Address(_weights, pixel * sizeof(int)));
            _code.Lea(_pixels[pixel], new Address(input, 0, _pixels[pixel], StepBytes));
        }

        _code.Movsxd(_weights, new Address(_weights, (_tile.Pixels - 1) * sizeof(int)));
        _code.Lea(input, new Address(input, 0, _weights, StepBytes));
        _code.Mov(_weights, CallFrame.Slot(Call));
        _code.Mov(_weights, new Address(_weights, TileFields.Weights));
    }

    private void Segment(int segment)
    {
        int rounds = _tile.Length / Unrolled, rest = _tile.Length % Unrolled;
        if (rounds > 1)
        {
            int again = _code.NewLabel();
            _code.Mov32(CallFrame.Slot(Count), rounds);
            _code.Place(again);
            Steps(Unrolled);
            Advance(Unrolled, 0);
            _code.Sub32(CallFrame.Slot(Count), 1);
            _code.Jnz(again);
        }
        else
        {
            rest += rounds * Unrolled;
        }

        Steps(rest);
        bool isLast = segment + 1 == _tile.Segments.Count;
        int gap = isLast ? 0 : _tile.Segments[segment + 1] - _tile.Segments[segment] - _tile.Length;
        if (!isLast || (_tile.Prefetches && rest > 0))
        {
            Advance(rest, gap);
        }
    }

    // Sums += inputs times weights, as many steps as one block.
    private void Steps(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            for (int v = 0; v < _tile.Vectors; v++)
            {
                _code.Vmovups(Weight(v), new Address(_weights, ((step * _tile.Vectors) + v) * Line));
            }

            for (int pixel = 0; pixel < _tile.Pixels; pixel++)
            {
                var at = new Address(_pixels[pixel], step * StepBytes);
                if (_tile.Vectors == 1)
                {
                    MultiplyAdd(Sum(pixel, 0), Weight(0), at);
                    continue;
                }

                Vec input = Input(pixel);
                if (_tile.Arithmetic == Arithmetic.Float32)
                {
                    _code.Vbroadcastss(input, at);
                }
                else
                {
                    _code.Vpbroadcastd(input, at);
                }

                for (int v = 0; v < _tile.Vectors; v++)
                {
                    MultiplyAdd(Sum(pixel, v), Weight(v), input);
                }
            }
        }
    }

    private void MultiplyAdd(Vec sum, Vec weight, Vec input)
    {
        if (_tile.Arithmetic == Arithmetic.Float32)
        {
            _code.Vfmadd231ps(sum, input, weight);
        }
        else
        {
            _code.Vdpbf16ps(sum, input, weight);
        }
    }

    private void MultiplyAdd(Vec sum, Vec weight, Address input)
    {
        if (_tile.Arithmetic == Arithmetic.Float32)
        {
            _code.Vfmadd231ps(sum, weight, input, repeats: true);
        }
        else
        {
            _code.Vdpbf16ps(sum, weight, input, repeats: true);
        }
    }

    // Moves all pointers behind some steps, and the inputs' by a gap more.
    private void Advance(int steps, int gap)
    {
        if (_tile.Prefetches && steps > 0)
        {
            PrefetchWeights(steps);
        }

        if (steps + gap != 0)
        {
            foreach (Gpr pixel in _pixels)
            {
                _code.Add(pixel, (steps + gap) * StepBytes);
            }
        }

        if (steps > 0)
        {
            _code.Add(_weights, steps * _tile.Vectors * Line);
        }
    }

    // All registers are taken: one pixel's waits on the stack meanwhile.
    private void PrefetchWeights(int steps)
    {
        Gpr ahead = _pixels[^1];
        _code.Mov(CallFrame.Slot(Spilled), ahead);
        _code.Mov(ahead, CallFrame.Slot(Ahead));
        for (int step = 0; step < steps; step++)
        {
            _code.Prefetcht1(new Address(_weights, step * _tile.Vectors * Line, ahead));
        }

        _code.Mov(ahead, CallFrame.Slot(Spilled));
    }

    // Residual, activation, store.
    private void Finish()
    {
        (Gpr table, Gpr from, Gpr row, Gpr call) = (CallFrame.Registers[0], CallFrame.Registers[1], CallFrame.Registers[2], CallFrame.Registers[3]);
        _code.Mov(call, CallFrame.Slot(Call));
        if (_tile.HasResidual)
        {
            _code.Mov(from, new Address(call, TileFields.Residual));
            _code.Mov(table, CallFrame.Slot(ResidualRows));
            for (int pixel = 0; pixel < _tile.Pixels; pixel++)
            {
                _code.Movsxd(row, new Address(table, pixel * sizeof(int)));
                for (int v = 0; v < _tile.Vectors; v++)
                {
                    _code.Vaddps(Sum(pixel, v), Sum(pixel, v), new Address(from, v * Line, row, StepBytes));
                }
            }
        }

        Activate(call, from);
        _code.Mov(from, new Address(call, TileFields.Output));
        _code.Mov(table, CallFrame.Slot(OutputRows));
        if (_tile.Lanes < ProductTile.Width)
        {
            _code.Mov32(row, (1 << _tile.Lanes) - 1);
            _code.Kmovw(1, row);
        }

        for (int pixel = 0; pixel < _tile.Pixels; pixel++)
        {
            _code.Movsxd(row, new Address(table, pixel * sizeof(int)));
            for (int v = 0; v < _tile.Vectors; v++)
            {
                Store(Sum(pixel, v), from, row, v);
            }
        }
    }

    // NaN stays NaN: the sum is the second operand of each minimum and maximum.
    private void Activate(Gpr call, Gpr slopes)
    {
        Vec first = Spare(0), second = Spare(1);
        if (_tile.HasSlope)
        {
            _code.Mov(slopes, new Address(call, TileFields.Slope));
            _code.Vpxord(first, first, first);
            for (int pixel = 0; pixel < _tile.Pixels; pixel++)
            {
                for (int v = 0; v < _tile.Vectors; v++)
                {
                    Vec sum = Sum(pixel, v);
                    _code.Vminps(second, first, sum);
                    _code.Vmaxps(sum, first, sum);
                    _code.Vfmadd231ps(sum, second, new Address(slopes, v * Line));
                }
            }

            return;
        }

        if (_tile.HasLow)
        {
            _code.Vbroadcastss(first, new Address(call, TileFields.Low));
        }

        if (_tile.HasHigh)
        {
            _code.Vbroadcastss(second, new Address(call, TileFields.High));
        }

        for (int i = 0; i < _sums; i++)
        {
            if (_tile.HasLow)
            {
                _code.Vmaxps(Vec.Zmm(i), first, Vec.Zmm(i));
            }

            if (_tile.HasHigh)
            {
                _code.Vminps(Vec.Zmm(i), second, Vec.Zmm(i));
            }
        }
    }

    private void Store(Vec sum, Gpr to, Gpr row, int v)
    {
        bool isWhole = v + 1 < _tile.Vectors || _tile.Lanes == ProductTile.Width;
        if (!_tile.StoresBFloat16)
        {
            _code.Vmovups(new Address(to, v * Line, row, StepBytes), sum, isWhole ? 0 : 1);
            return;
        }

        var at = new Address(to, v * Line / 2, row, StepBytes);
        Vec half = Vec.Ymm(Spare(2).Number);
        _code.Vcvtneps2bf16(half, sum);
        if (isWhole)
        {
            _code.Vmovups(at, half);
        }
        else
        {
            _code.Vmovdqu16(at, half, mask: 1);
        }
    }

    private Vec Sum(int pixel, int v) => Vec.Zmm((pixel * _tile.Vectors) + v);

    private Vec Weight(int v) => Vec.Zmm(_sums + v);

    private Vec Input(int pixel) => Vec.Zmm(_sums + _tile.Vectors + (pixel % (32 - _sums - _tile.Vectors)));

    private Vec Spare(int i) => Vec.Zmm(_sums + i);
}
