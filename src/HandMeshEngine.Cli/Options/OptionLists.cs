namespace HandMeshEngine.Cli.Options;

/// <summary>Several options at once.</summary>
internal static class OptionLists
{
    /// <summary>Adds options to a verb, in the order of its help.</summary>
    public static void AddAll(this Command verb, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            verb.Options.Add(option);
        }
    }
}
