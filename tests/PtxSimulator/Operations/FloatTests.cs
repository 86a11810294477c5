using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Operations;

internal interface ITest<T>
{
    static abstract bool Apply(T a);
}

/// <summary><c>testp</c>: what kind of number a float is.</summary>
internal static unsafe class FloatTests
{
    public static Handler Handler<T>(string test)
        where T : unmanaged, IFloatingPointIeee754<T> => test switch
        {
            "finite" => &Test<T, IsFinite<T>>,
            "infinite" => &Test<T, IsInfinite<T>>,
            "number" => &Test<T, IsNumber<T>>,
            "notanumber" => &Test<T, IsNaN<T>>,
            "normal" => &Test<T, IsNormal<T>>,
            _ => &Test<T, IsSubnormal<T>>,
        };

    private static void Test<T, TTest>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TTest : struct, ITest<T>
    {
        T* a = (T*)(warp.Registers + instruction.A);
        uint result = 0;
        for (int lane = 0; lane < 32; lane++)
        {
            result |= TTest.Apply(a[lane]) ? 1u << lane : 0;
        }
        Predicates.Write(warp.Registers, instruction.D, result, mask);
    }

    private readonly struct IsFinite<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => T.IsFinite(a);
    }

    private readonly struct IsInfinite<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => T.IsInfinity(a);
    }

    private readonly struct IsNumber<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => !T.IsNaN(a);
    }

    private readonly struct IsNaN<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => T.IsNaN(a);
    }

    private readonly struct IsNormal<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => T.IsNormal(a);
    }

    private readonly struct IsSubnormal<T> : ITest<T>
        where T : IFloatingPointIeee754<T>
    {
        public static bool Apply(T a) => T.IsSubnormal(a);
    }
}

/// <summary><c>cnot</c>: 1 for 0, else 0.</summary>
internal readonly struct LogicalNot : IMap<uint, uint>
{
    public static uint Apply(uint a) => a == 0 ? 1u : 0;
}
