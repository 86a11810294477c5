namespace GpuKit;

/// <summary>The verbs of the kit's program; what is none of them is the command handmesh.</summary>
public static class Kit
{
    /// <summary>Runs one: <c>ops</c> checks every op, <c>probe</c> measures what the device can do, <c>soak</c> looks for
    /// runs that differ.</summary>
    public static int Run(string[] args) => args switch
    {
        ["ops", .. var rest] => OpsCheck.Run(rest),
        ["probe", .. var rest] => DeviceProbe.Run(rest),
        ["soak", .. var rest] => SoakCheck.Run(rest),
        _ => HandMeshEngine.Cli.Program.Main(args),
    };
}
