namespace HandMeshEngine.Bench.Reliability;

/// <summary>One line of the table: what must hold, and what showed it.</summary>
/// <param name="Id">R1 to R20.</param>
/// <param name="What">What must hold.</param>
/// <param name="Run">Tries it as long as the budget allows.</param>
internal sealed record Goal(string Id, string What, Func<Budget, Outcome> Run);

/// <summary>How much to try.</summary>
/// <param name="IsFull">A run of hours; otherwise minutes in all.</param>
/// <param name="Time">Time for one goal that can take any amount of it.</param>
/// <param name="Seed">Added to every seed.</param>
internal sealed record Budget(bool IsFull, TimeSpan Time, int Seed)
{
    /// <summary>The count of a quick run, or that of a full one.</summary>
    public int Count(int quick, int full) => IsFull ? full : quick;
}

/// <summary>What came of a goal.</summary>
/// <param name="Passed">Whether it held; null if it was not tried.</param>
/// <param name="Counts">How often, on what; or why it was not tried.</param>
internal sealed record Outcome(bool? Passed, string Counts)
{
    /// <summary>A goal that nothing here can try.</summary>
    public static Outcome NotReached(string why) => new(null, why);
}
