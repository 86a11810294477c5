using System.Globalization;

namespace HandMeshEngine.Compute.Tensors;

/// <summary>The extents of a tensor, outermost first; immutable. A scalar has rank 0.</summary>
public sealed class Shape : IEquatable<Shape>
{
    private readonly int[] _extents;

    /// <summary>A shape with the given extents.</summary>
    /// <exception cref="ArgumentException">An extent is negative or the element count exceeds 2^31 - 1.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        long count = 1;
        foreach (int extent in extents)
        {
            if (extent < 0)
            {
                throw new ArgumentException($"a shape cannot have the negative extent {extent}");
            }

            count = checked(count * extent);
            if (count > int.MaxValue)
            {
                throw new ArgumentException("a tensor cannot have more than 2^31 - 1 elements");
            }
        }

        _extents = extents.ToArray();
        Count = (int)count;
    }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>Number of axes.</summary>
    public int Rank => _extents.Length;

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Extents => _extents;

    /// <summary>The extent of one axis; negative axes count from the end.</summary>
    public int this[int axis] => _extents[axis < 0 ? axis + _extents.Length : axis];

    /// <summary>This shape with one extent replaced; negative axes count from the end.</summary>
    public Shape With(int axis, int extent)
    {
        int[] copy = [.. _extents];
        copy[axis < 0 ? axis + copy.Length : axis] = extent;
        return new Shape(copy);
    }

    /// <summary>Elements in the axes from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public int CountOf(int from, int to)
    {
        int count = 1;
        for (int axis = from; axis < to; axis++)
        {
            count *= _extents[axis];
        }

        return count;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _extents.AsSpan().SequenceEqual(other._extents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int extent in _extents)
        {
            hash.Add(extent);
        }

        return hash.ToHashCode();
    }

    /// <summary>For example <c>[1, 3, 224, 224]</c>.</summary>
    public override string ToString() =>
        "[" + string.Join(", ", _extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture))) + "]";
}
