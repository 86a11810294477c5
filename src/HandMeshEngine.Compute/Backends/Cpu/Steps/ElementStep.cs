namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Element-wise arithmetic on up to three operands with any strides, then an activation; also copies.</summary>
internal sealed unsafe class ElementStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskFloats = 8192;

    private readonly ElementKind _kind;
    private readonly Activation _activation;
    private readonly (float Low, float High) _clamp;
    private readonly bool _hasSlope;
    private readonly int[] _extents;
    private readonly Strided[] _operands;
    private readonly Strided _output;
    private readonly int _tasks;
    private readonly bool _cutsInner;
    private readonly bool _mixesColours;

    private ElementStep(ElementKind kind, Activation activation, Strided[] operands, Strided output, int[] extents, int threads)
    {
        _kind = kind;
        _activation = activation;
        _clamp = ActivationKernels.Clamp(activation);
        _hasSlope = activation.Kind is ActivationKind.LeakyRelu or ActivationKind.PRelu;
        _operands = operands;
        _output = output;
        _extents = extents;
        if (kind == ElementKind.Copy && activation.Kind == ActivationKind.None)
        {
            StridedLoop.PutLongestRunInside(extents, operands[0].Strides, output.Strides);
        }

        StridedLoop.Join(extents, [.. operands.Select(operand => operand.Strides), output.Strides]);
        int outer = extents[0] * extents[1] * extents[2];
        int wanted = threads == 1 ? 1 : (int)Math.Clamp((long)outer * extents[3] / TaskFloats, 1, 4 * threads);
        _cutsInner = outer < wanted;
        _mixesColours = kind == ElementKind.Copy && activation.Kind == ActivationKind.None && extents[2] == ColourMix.Colours
            && operands[0].Strides[3] == 1 && output.Strides[2] == 1 && output.Strides[3] == ColourMix.Colours;
        _tasks = _cutsInner ? Math.Min(wanted, (extents[3] + TSimd.Width - 1) / TSimd.Width) : wanted;
    }

    public override int Tasks => _tasks;

    /// <summary>A copy; extents in the order images, rows, pixels, channels.</summary>
    public static ElementStep<TSimd, TVector> Copy(Strided from, Strided to, int[] extents, int threads) =>
        Create(ElementKind.Copy, Activation.None, [from], to, extents, threads);

    /// <summary>
    /// Arithmetic on the operands; the slopes of an activation, if it has any, are the last of them. Extents are in the order
    /// images, rows, pixels, channels.
    /// </summary>
    public static ElementStep<TSimd, TVector> Create(
        ElementKind kind, Activation activation, Strided[] operands, Strided output, int[] extents, int threads) =>
        new(kind, activation, operands, output, [.. extents], threads);

    public override string Describe() =>
        $"{_kind.ToString().ToLowerInvariant()}{(_activation.Kind == ActivationKind.None ? string.Empty : $" {_activation}")} "
        + $"{string.Join(", ", _operands.Select(operand => operand.View))} -> {_output.View} loops {string.Join('x', _extents)}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        int outer = _extents[0] * _extents[1] * _extents[2];
        (int first, int last) = _cutsInner ? (0, outer) : (Cut(outer, task), Cut(outer, task + 1));
        int from = 0, to = _extents[3];
        if (_cutsInner)
        {
            int vectors = (_extents[3] + TSimd.Width - 1) / TSimd.Width;
            from = Cut(vectors, task) * TSimd.Width;
            to = Math.Min(to, Cut(vectors, task + 1) * TSimd.Width);
        }

        var run = new Run { Count = to - from, OutputStep = _output.Strides[3] };
        run.StepA = _operands[0].Strides[3];
        run.StepB = _operands.Length > 1 ? _operands[1].Strides[3] : 0;
        run.StepC = _operands.Length > 2 ? _operands[2].Strides[3] : 0;
        run.StepSlope = _hasSlope ? _operands[^1].Strides[3] : 0;
        for (int i = first; i < last; i++)
        {
            (int row, int x) = Math.DivRem(i, _extents[2]);
            (int n, int y) = Math.DivRem(row, _extents[1]);
            run.A = At(_operands[0], n, y, x, from);
            run.B = _operands.Length > 1 ? At(_operands[1], n, y, x, from) : null;
            run.C = _operands.Length > 2 ? At(_operands[2], n, y, x, from) : null;
            run.Slope = _hasSlope ? At(_operands[^1], n, y, x, from) : null;
            run.Output = At(_output, n, y, x, from);
            if (_mixesColours && x == 0 && i + ColourMix.Colours <= last)
            {
                ColourMix.Mix(run.A, _operands[0].Strides[2], run.Output, run.Count);
                i += ColourMix.Colours - 1;
            }
            else if (run.OutputStep == 1 && run.StepA is 0 or 1 && run.StepB is 0 or 1)
            {
                Vectors(run);
            }
            else if (_kind == ElementKind.Copy && _activation.Kind == ActivationKind.None)
            {
                Move(run.A, run.StepA, run.Output, run.OutputStep, run.Count);
            }
            else
            {
                Scalars(run);
            }
        }
    }

    private static float* At(in Strided operand, int n, int y, int x, int c) =>
        operand.View.Data + (n * operand.Strides[0]) + (y * operand.Strides[1]) + (x * operand.Strides[2]) + (c * operand.Strides[3]);

    private int Cut(int count, int task) => (int)((long)count * task / _tasks);

    private void Vectors(in Run run)
    {
        switch (_kind)
        {
            case ElementKind.Add: Vectors<AddElements>(run); break;
            case ElementKind.Subtract: Vectors<SubtractElements>(run); break;
            case ElementKind.Multiply: Vectors<MultiplyElements>(run); break;
            case ElementKind.Divide: Vectors<DivideElements>(run); break;
            case ElementKind.Affine: Vectors<AffineElements>(run); break;
            default: Vectors<CopyElements>(run); break;
        }

        if (ActivationKernels.IsCurved(_activation))
        {
            ActivationKernels.Apply<TSimd, TVector>(_activation.Kind, run.Output, run.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Vectors<TElements>(Run run)
        where TElements : struct, IElements
    {
        TVector low = TSimd.Broadcast(_clamp.Low), high = TSimd.Broadcast(_clamp.High);
        for (int i = 0; i < run.Count; i += TSimd.Width)
        {
            int left = Math.Min(TSimd.Width, run.Count - i);
            TVector a = Load(run.A, run.StepA, i, left);
            TVector b = TElements.Operands > 1 ? Load(run.B, run.StepB, i, left) : a;
            TVector c = TElements.Operands > 2 ? Load(run.C, run.StepC, i, left) : a;
            TVector value = TElements.Apply(a, b, c);
            value = run.Slope == null
                ? TSimd.Min(high, TSimd.Max(low, value))
                : TSimd.MultiplyAdd(
                    TSimd.Min(TSimd.Zero, value), Load(run.Slope, run.StepSlope, i, left), TSimd.Max(TSimd.Zero, value));
            if (left == TSimd.Width)
            {
                TSimd.Store(value, run.Output + i);
            }
            else
            {
                TSimd.StorePartial(value, run.Output + i, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(float* from, long fromStep, float* to, long toStep, int count)
    {
        for (int i = 0; i < count; i++, from += fromStep, to += toStep)
        {
            *to = *from;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scalars(in Run run)
    {
        for (int i = 0; i < run.Count; i++)
        {
            float a = run.A[i * run.StepA];
            float value = _kind switch
            {
                ElementKind.Add => a + run.B[i * run.StepB],
                ElementKind.Subtract => a - run.B[i * run.StepB],
                ElementKind.Multiply => a * run.B[i * run.StepB],
                ElementKind.Divide => a / run.B[i * run.StepB],
                ElementKind.Affine => (a * run.B[i * run.StepB]) + run.C[i * run.StepC],
                _ => a,
            };
            float slope = run.Slope == null ? 1 : run.Slope[i * run.StepSlope];
            float clamped = run.Slope == null ? Math.Min(_clamp.High, Math.Max(_clamp.Low, value)) : value > 0 ? value : slope * value;
            if (ActivationKernels.IsCurved(_activation))
            {
                ActivationKernels.Apply<TSimd, TVector>(_activation.Kind, &clamped, 1);
            }

            run.Output[i * run.OutputStep] = clamped;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(float* from, long step, int index, int left) =>
        step == 0 ? TSimd.Broadcast(*from)
        : left == TSimd.Width ? TSimd.Load(from + index)
        : TSimd.LoadPartial(from + index, left);

    /// <summary>The arithmetic of a kind, inlined in its loop.</summary>
    private interface IElements
    {
        static abstract int Operands { get; }

        static abstract TVector Apply(TVector a, TVector b, TVector c);
    }

    private readonly struct CopyElements : IElements
    {
        public static int Operands => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => a;
    }

    private readonly struct AddElements : IElements
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => TSimd.Add(a, b);
    }

    private readonly struct SubtractElements : IElements
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => TSimd.Subtract(a, b);
    }

    private readonly struct MultiplyElements : IElements
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => TSimd.Multiply(a, b);
    }

    private readonly struct DivideElements : IElements
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => TSimd.Divide(a, b);
    }

    private readonly struct AffineElements : IElements
    {
        public static int Operands => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply(TVector a, TVector b, TVector c) => TSimd.MultiplyAdd(a, b, c);
    }

    private struct Run
    {
        public float* A;
        public float* B;
        public float* C;
        public float* Slope;
        public float* Output;
        public long StepA;
        public long StepB;
        public long StepC;
        public long StepSlope;
        public long OutputStep;
        public int Count;
    }
}
