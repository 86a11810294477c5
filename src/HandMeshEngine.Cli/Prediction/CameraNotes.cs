namespace HandMeshEngine.Cli.Prediction;

/// <summary>What the user should know about the camera of his images, each sentence once a run.</summary>
internal sealed class CameraNotes
{
    private bool _saidWide;
    private bool _saidPartial;

    /// <summary>Says what the camera and the result give reason to.</summary>
    public void Say(Camera camera, HandResult result)
    {
        if (!_saidWide && result.Any(hand => hand.Placement.Flags.HasFlag(PlacementFlags.WideWithoutLens)))
        {
            _saidWide = true;
            ErrorLine.Write("note: a wide view without a lens model: distances can be 10 to 30 % off; give --camera-file, or rectify the images first");
        }

        if (!_saidPartial && !camera.CoversFrame && camera.Lens is { } lens)
        {
            _saidPartial = true;
            double reach = lens.PlaneLimit * Math.Sqrt(camera.Fx * camera.Fy);
            string until = double.IsFinite(reach)
                ? string.Create(CultureInfo.InvariantCulture, $" holds up to {reach:0} px from ({camera.Cx:0}, {camera.Cy:0})") : " does not reach the corners";
            ErrorLine.Write(string.Create(
                CultureInfo.InvariantCulture, $"note: the lens model{until}; {100 * camera.UncoveredShare():0} % of the picture is outside"));
        }
    }
}
