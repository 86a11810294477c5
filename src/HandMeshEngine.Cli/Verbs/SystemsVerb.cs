using System.Text.Json.Nodes;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh systems</c>: what can run, how good it is, where its weights come from.</summary>
internal static class SystemsVerb
{
    public static Command Create()
    {
        var verb = new Command("systems", "Lists the systems: their papers, published accuracy and speed, and terms.");
        var ids = new Option<bool>("--ids") { Description = "Print the ids alone, one a line, for scripts." };
        var json = new JsonOption();
        verb.AddAll(ids, json);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(ids))
            {
                foreach (HandSystem system in HandSystems.All)
                {
                    Console.WriteLine(system.Id);
                }

                return ExitCode.Fine;
            }

            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonText.Of(new JsonArray([.. HandSystems.All.Select(Describe)])));
                return ExitCode.Fine;
            }

            foreach (HandSystem system in HandSystems.All)
            {
                Console.WriteLine(system.Id + (system == HandSystems.Default ? "  (default)" : string.Empty));
                Page.Write(Console.Out, $"  {system.Title}", 4);
                Page.Write(Console.Out, $"  paper     {system.Paper}", 12);
                Page.Write(Console.Out, $"  accuracy  {system.Accuracy}", 12);
                Page.Write(Console.Out, $"  speed     {system.Speed}", 12);
                Page.Write(Console.Out, $"  weights   {system.Terms}", 12);
                Page.Write(Console.Out, $"  variants  {string.Join(", ", system.Variants.Concat(system.Combinations))}", 12);
                Page.Write(Console.Out, $"  input     {system.InputSize}x{system.InputSize} RGB; needs {Needs(system.Needs)}", 12);
                Console.WriteLine();
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static JsonNode Describe(HandSystem system) => new JsonObject
    {
        ["id"] = system.Id,
        ["default"] = system == HandSystems.Default,
        ["title"] = system.Title,
        ["paper"] = system.Paper,
        ["accuracy"] = system.Accuracy,
        ["speed"] = system.Speed,
        ["terms"] = system.Terms,
        ["variants"] = new JsonArray([.. system.Variants.Concat(system.Combinations).Select(name => JsonValue.Create(name))]),
        ["inputSize"] = system.InputSize,
        ["needsCamera"] = system.Needs.HasFlag(SystemNeeds.Camera),
        ["needsRootDepth"] = system.Needs.HasFlag(SystemNeeds.RootDepth),
        ["needsBoneLength"] = system.Needs.HasFlag(SystemNeeds.BoneLength),
        ["shipsWithWeights"] = system.ShipsWithWeights,
    };

    private static string Needs(SystemNeeds needs) => needs == SystemNeeds.None
        ? "an image"
        : "an image and " + string.Join(", ", new[]
        {
            needs.HasFlag(SystemNeeds.Camera) ? "the camera" : null,
            needs.HasFlag(SystemNeeds.RootDepth) ? "the depth of the wrist (or an assumed hand size)" : null,
            needs.HasFlag(SystemNeeds.BoneLength) ? "the length of the middle finger's first bone (or 5 cm)" : null,
        }.Where(need => need is not null));
}
