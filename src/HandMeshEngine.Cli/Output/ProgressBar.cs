using Spectre.Console;

namespace HandMeshEngine.Cli.Output;

/// <summary>Shows how far a long list of work is, on a terminal; says nothing in a pipe.</summary>
internal static class ProgressBar
{
    private static bool IsWatched => !Console.IsErrorRedirected && !Console.IsOutputRedirected;

    /// <summary>Does work that reports how far it is, from 0 to 1, with a bar where someone looks.</summary>
    public static void Run(string title, Action<Action<double>> work)
    {
        if (!IsWatched)
        {
            work(static _ => { });
            return;
        }

        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
            work(done => task.Value = done);
        });
    }

    /// <summary>Does <paramref name="work"/> for every item, with a bar where there are many and someone looks.</summary>
    public static void ForEach<T>(string title, IReadOnlyList<T> items, Action<T, int> work)
    {
        if (items.Count < 2 || !IsWatched)
        {
            for (int i = 0; i < items.Count; i++)
            {
                work(items[i], i);
            }

            return;
        }

        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: items.Count);
            for (int i = 0; i < items.Count; i++)
            {
                work(items[i], i);
                task.Increment(1);
            }
        });
    }
}
