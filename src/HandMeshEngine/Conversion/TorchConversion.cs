using HandMeshEngine.Checkpoints;
using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Conversion;

/// <summary>The systems whose authors use PyTorch: weights from the checkpoint, tables from the user's files, one map.</summary>
internal static class TorchConversion
{
    /// <summary>Converts a system.</summary>
    /// <exception cref="CheckpointException">A file is damaged or missing, or the weights do not fit the system.</exception>
    public static ConversionResult Convert(string system, IReadOnlyList<string> checkpoints, IReadOnlyList<string> tablePaths)
    {
        foreach (string checkpoint in checkpoints)
        {
            CheckpointFiles.Open(checkpoint).Dispose();
        }

        var notices = new List<string>();
        var files = new TableFiles(tablePaths);
        TensorMap tables = SystemTables.Build(system, files, notices);
        (WeightManifest manifest, TensorMap weights) = WeightCollector.Collect(system, checkpoints, tables, notices);
        TensorMap map = SourceFiles.NewMap(system, manifest.Variant, LicenceOf(system), checkpoints.Concat(files.Paths));
        foreach ((string key, string value) in weights.Metadata)
        {
            map.Metadata[key] = value;
        }

        foreach ((string name, Tensor tensor) in weights)
        {
            map.Add(name, tensor);
        }

        string[] absent = [.. manifest.Entries.Where(entry => entry.IsAdded && !weights.Contains(entry.Name)).Select(entry => entry.Name)];
        if (absent.Length > 0)
        {
            notices.Add(
                $"{string.Join(" and ", absent)} are neither in the checkpoint nor in the tables: the network runs, but predict needs them; "
                + "give MANO_RIGHT.pkl, or a mesh (.obj) and a joint regressor (.npy), as tables");
        }

        return new ConversionResult(map, notices);
    }

    private static string LicenceOf(string system) => system switch
    {
        "handdgp" => "weights: Niantic, non-commercial, do not pass on; tables: derived from MANO, non-commercial, do not pass on",
        "mobrecon" => "weights: the authors of HandMesh; tables: derived from MANO, non-commercial, do not pass on",
        "graphhand" => "Snap Inc., non-commercial research and education only; pass on only with the complete licence",
        "handar" => "weights: the authors state no licence, do not pass on; tables: derived from MANO, non-commercial, do not pass on",
        _ => "set by whoever trained these weights; a MANO mesh in them is non-commercial and must not be passed on",
    };
}
