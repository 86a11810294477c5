namespace PtxSimulator.Operations;

internal readonly struct Copy<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) => a;
}

internal readonly struct Add<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a + b;
}

internal readonly struct Subtract<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a - b;
}

internal readonly struct Multiply<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a * b;
}

internal readonly struct MultiplyAdd<T> : ITernary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b, Vector512<T> c) => a * b + c;
}

internal readonly struct Min<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Min(a, b);
}

internal readonly struct Max<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Max(a, b);
}

/// <summary>PTX minimum of floats: the other operand where one is NaN.</summary>
internal readonly struct MinNumber<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.MinNumber(a, b);
}

/// <summary>PTX maximum of floats: the other operand where one is NaN.</summary>
internal readonly struct MaxNumber<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.MaxNumber(a, b);
}

internal readonly struct Divide<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a / b;
}

internal readonly struct Negate<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) => -a;
}

internal readonly struct Absolute<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) => Vector512.Abs(a);
}

internal readonly struct SquareRoot<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) => Vector512.Sqrt(a);
}

internal readonly struct And<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a & b;
}

internal readonly struct Or<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a | b;
}

internal readonly struct Xor<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a ^ b;
}

internal readonly struct Not<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) => ~a;
}

internal readonly struct Equal<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);
}

/// <summary>Unequal; false where a float is NaN (<c>ne</c>).</summary>
internal readonly struct NotEqual<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b) | Vector512.GreaterThan(a, b);
}

internal readonly struct Less<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);
}

internal readonly struct LessOrEqual<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);
}

internal readonly struct Greater<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);
}

internal readonly struct GreaterOrEqual<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b);
}

/// <summary>The complement of a comparison: turns an ordered comparison of floats into the unordered opposite.</summary>
internal readonly struct Opposite<T, TOperation> : IBinary<T>
    where TOperation : struct, IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => ~TOperation.Apply(a, b);
}

/// <summary>True where neither float is NaN (<c>num</c>).</summary>
internal readonly struct BothNumbers<T> : IBinary<T>
{
    public static Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, a) & Vector512.Equals(b, b);
}
