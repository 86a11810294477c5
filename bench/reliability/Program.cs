using System.Diagnostics;
using System.Globalization;
using HandMeshEngine.Bench.Reliability.Goals;

namespace HandMeshEngine.Bench.Reliability;

/// <summary>Tries the reliability goals R1 to R20 (docs/reliability.md) and prints one table.</summary>
internal static class Program
{
    private const string Usage = "usage: tools/reliability [--quick | --full HOURS] [--seed N] [--only R1,R9]";

    private static readonly Goal[] _goals =
    [
        .. ParserGoals.All,
        .. FaultGoals.All,
        .. EstimatorGoals.All,
        .. OutputGoals.All,
        .. MachineGoals.All,
    ];

    private static int Main(string[] args)
    {
        if (args is ["--digest", string threads])
        {
            Console.WriteLine(Scene.Digest(int.Parse(threads, CultureInfo.InvariantCulture)));
            return 0;
        }

        if (Parse(args) is not { } parsed)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        (Budget budget, HashSet<string>? only) = parsed;
        string kind = budget.IsFull ? $"full, {budget.Time.TotalMinutes:0} min for each goal that can take any time" : "quick";
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {kind}, seed {budget.Seed}, {Environment.ProcessorCount} cores, {Scene.Description}\n");
        Console.WriteLine("| # | What must hold | Held | Counts | s |\n| --- | --- | --- | --- | --- |");
        bool held = true;
        foreach (Goal goal in _goals.OrderBy(goal => int.Parse(goal.Id[1..], CultureInfo.InvariantCulture)))
        {
            if (only?.Contains(goal.Id) == false)
            {
                continue;
            }

            long start = Stopwatch.GetTimestamp();
            Outcome outcome = goal.Run(budget);
            held &= outcome.Passed != false;
            string verdict = outcome.Passed switch { true => "yes", false => "NO", null => "not reached" };
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {goal.Id} | {goal.What} | {verdict} | {outcome.Counts} | {Stopwatch.GetElapsedTime(start).TotalSeconds:0} |"));
        }

        return held ? 0 : 1;
    }

    private static (Budget Budget, HashSet<string>? Only)? Parse(string[] args)
    {
        var budget = new Budget(false, TimeSpan.FromSeconds(8), 0);
        HashSet<string>? only = null;
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick":
                    break;
                case "--full" when double.TryParse(value, CultureInfo.InvariantCulture, out double hours) && hours > 0:
                    budget = budget with { IsFull = true, Time = TimeSpan.FromHours(hours / 4) };
                    i++;
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed) && seed >= 0:
                    budget = budget with { Seed = seed };
                    i++;
                    break;
                case "--only" when value is not null:
                    only = [.. value.Split(',')];
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return (budget, only);
    }
}
