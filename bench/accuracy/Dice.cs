namespace HandMeshEngine.Bench.Accuracy;

/// <summary>Seeded chance, the same on every machine.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Evenly within a range.</summary>
    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>A normal variate of mean 0, at most three deviations away.</summary>
    public double Normal(double deviation)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return deviation * Math.Clamp(radius * Math.Cos(2 * Math.PI * _random.NextDouble()), -3, 3);
    }

    /// <summary>Whether something of a probability happens.</summary>
    public bool Happens(double probability) => _random.NextDouble() < probability;

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>A seed for dice of its own.</summary>
    public int Seed() => _random.Next();
}
