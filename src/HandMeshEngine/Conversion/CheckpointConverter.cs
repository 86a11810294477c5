using HandMeshEngine.Checkpoints;

namespace HandMeshEngine.Conversion;

/// <summary>Turns what the authors of a system released into the engine's own container.</summary>
/// <remarks>
/// Checkpoints are read as inert data: nothing in them is executed. Keys and shapes are checked strictly and all
/// problems are reported in one message.
/// </remarks>
public static class CheckpointConverter
{
    /// <summary>The systems that can be converted.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["mediapipe-hand"];

    /// <summary>Converts one system's checkpoint.</summary>
    /// <param name="system">Model id, one of <see cref="Systems"/>.</param>
    /// <param name="checkpoints">Paths of the released weights; systems that come in several files take all of them, in any order.</param>
    /// <param name="tables">Paths of fixed tables that the checkpoint does not hold; empty for systems without.</param>
    /// <exception cref="ArgumentException">The system is not known.</exception>
    /// <exception cref="CheckpointException">A file is damaged, unsupported, or does not fit the system.</exception>
    public static ConversionResult Convert(string system, IReadOnlyList<string> checkpoints, IReadOnlyList<string> tables) => system switch
    {
        "mediapipe-hand" when tables.Count == 0 => MediapipeHandConversion.Convert(checkpoints),
        "mediapipe-hand" => throw new ArgumentException("mediapipe-hand takes no tables", nameof(tables)),
        _ => throw new ArgumentException($"'{system}' cannot be converted; give one of {string.Join(", ", Systems)}", nameof(system)),
    };
}
