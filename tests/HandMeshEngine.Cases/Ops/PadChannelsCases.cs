namespace HandMeshEngine.Cases.Ops;

internal static class PadChannelsCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<PadChannelsOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("padchannels", scene => scene.Output(scene.Graph.PadChannels(scene.Input("x", 2, 19, 5, 6), 40)));
    }
}
