namespace HandMeshEngine.Cli.Prediction;

/// <summary>One line a hand: what and where.</summary>
internal static class HandTable
{
    public static void Write(TextWriter writer, HandResult result)
    {
        var table = new TextTable("hand", "score", "right", "wrist x mm", "y mm", "z mm", "placement");
        foreach (HandMesh hand in result)
        {
            table.Add(
                hand.Handedness.ToString().ToLowerInvariant(),
                Number(hand.Score, "0.000"),
                Number(hand.RightProbability, "0.000"),
                Millimetres(hand, hand.Root.X),
                Millimetres(hand, hand.Root.Y),
                Millimetres(hand, hand.Root.Z),
                hand.Placement.Flags == PlacementFlags.None ? "good" : hand.Placement.Flags.ToString());
        }

        table.WriteTo(writer, "  ");
    }

    private static string Millimetres(HandMesh hand, float metres) => hand.Placement.IsPlaced ? Number(metres * 1000, "0") : "-";

    private static string Number(float value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
