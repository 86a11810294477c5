namespace HandMeshEngine.Conversion;

/// <summary>Turns what the authors of a system released into the engine's own container.</summary>
/// <remarks>
/// Checkpoints are read as inert data: nothing in them is executed. Keys and shapes are checked strictly and all
/// problems are reported in one message. Where to get the files, and under which terms, is in weights/README.md.
/// </remarks>
public static class CheckpointConverter
{
    /// <summary>Converts one system's checkpoint.</summary>
    /// <param name="system">Id of the system, one of <see cref="HandSystems.All"/>.</param>
    /// <param name="checkpoints">Paths of the released weights: two .tflite files for mediapipe-hand, three .pth files for graphhand,
    /// one file otherwise; in any order. PyTorch's zip, legacy and tar containers, Lightning checkpoints, safetensors.</param>
    /// <param name="tables">Paths of the fixed tables that the checkpoint does not hold: <c>transform.pkl</c> (handdgp, mobrecon),
    /// <c>j_reg.npy</c> (mobrecon), the template .obj (graphhand), <c>MANO_RIGHT.pkl</c> (handar); optionally faces and regressor
    /// (inceptiongraph, pixelaligned); a .safetensors with ready tables may stand for them.</param>
    /// <param name="limits">What a file may ask for; null for <see cref="CheckpointLimits.Default"/>.</param>
    /// <returns>The weights, to be written with <see cref="SafetensorsFile.Write(string, Compute.Tensors.TensorMap)"/>, and notices.</returns>
    /// <exception cref="ArgumentException">The system is not known, or the number of files is wrong.</exception>
    /// <exception cref="CheckpointException">A file is damaged, unsupported, missing, or does not fit the system.</exception>
    public static ConversionResult Convert(
        string system, IReadOnlyList<string> checkpoints, IReadOnlyList<string> tables, CheckpointLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentNullException.ThrowIfNull(tables);
        HandSystem found = HandSystems.Find(system);
        return checkpoints.Count > 0
            ? found.Convert(checkpoints, tables, limits ?? CheckpointLimits.Default)
            : throw new ArgumentException("no checkpoint file is given", nameof(checkpoints));
    }
}
