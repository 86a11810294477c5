namespace HandMeshEngine.Checkpoints;

/// <summary>The metadata keys of a converted safetensors file.</summary>
public static class WeightMetadata
{
    /// <summary>Prefix of every key that the engine writes.</summary>
    public const string Prefix = "handmesh.";

    /// <summary>Id of the system whose weights these are.</summary>
    public const string System = Prefix + "system";

    /// <summary>Version of the container's conventions, <see cref="CurrentFormat"/>.</summary>
    public const string Format = Prefix + "format";

    /// <summary>Variant of the system.</summary>
    public const string Variant = Prefix + "variant";

    /// <summary>One sentence: under which terms the weights stand.</summary>
    public const string Licence = Prefix + "licence";

    /// <summary>Name and SHA-256 of every source file, or <c>random:SEED</c>.</summary>
    public const string Sources = Prefix + "sources";

    /// <summary>Present on stand-in weights; holds their seed.</summary>
    public const string StandIn = Prefix + "standin";

    /// <summary>Raised when names or tables change their meaning.</summary>
    public const string CurrentFormat = "1";
}
