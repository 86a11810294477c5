namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// The images of a data set in the order of its protocol, read one by one, so that memory does not grow with the set
/// (docs/evaluation.md lists the layouts).
/// </summary>
public abstract class EvaluationSet
{
    private protected EvaluationSet(string kind, string source) => (Kind, Source) = (kind, source);

    /// <summary>The layouts that <see cref="Open"/> knows.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["freihand", "ho3d", "stb", "rhd", "ge", "list"];

    /// <summary>The layout: one of <see cref="Kinds"/>.</summary>
    public string Kind { get; }

    /// <summary>The folder or list that was opened.</summary>
    public string Source { get; }

    /// <summary>The curves that this set's papers use.</summary>
    public abstract IReadOnlyList<PckThresholds> Curves { get; }

    /// <summary>The order of joints in this set's challenge file.</summary>
    public virtual JointOrder Order => JointOrder.FreiHand;

    /// <summary>The challenge file is in OpenGL axes (y up, z toward the viewer) instead of ours.</summary>
    public virtual bool IsOpenGl => false;

    /// <summary>There is a challenge with a file pred.json.</summary>
    public virtual bool HasChallenge => false;

    /// <summary>What in this set differs from others and must stand beside its numbers, in a few words; empty if nothing.</summary>
    public virtual string Conventions => string.Empty;

    /// <summary>Opens a set.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="path">The set's folder; for <c>list</c> the JSON Lines file.</param>
    /// <param name="split"><c>evaluation</c> or, where the layout has it, <c>training</c>.</param>
    /// <exception cref="ArgumentException">The kind or split is unknown.</exception>
    /// <exception cref="DataSetException">The folder does not have the layout.</exception>
    public static EvaluationSet Open(string kind, string path, string split = "evaluation")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (split is not ("evaluation" or "training"))
        {
            throw new ArgumentException($"there is no split '{split}'; give evaluation or training");
        }

        bool training = split == "training";
        if (training && kind is not ("freihand" or "rhd"))
        {
            throw new ArgumentException($"the training split of '{kind}' is not read; freihand and rhd have one");
        }

        return kind switch
        {
            "freihand" => new FreiHandSet(path, training),
            "ho3d" => new Ho3dSet(path),
            "stb" => new StbSet(path),
            "rhd" => new RhdSet(path, training),
            "ge" => new GeSet(path),
            "list" => new ImageListSet(path),
            _ => throw new ArgumentException($"there is no data set layout '{kind}'; known are {string.Join(", ", Kinds)}"),
        };
    }

    /// <summary>The images, in order; may be read several times.</summary>
    /// <exception cref="DataSetException">A file is missing, damaged or does not fit the others; thrown where reading meets it.</exception>
    public abstract IEnumerable<EvaluationImage> Read();

    /// <summary>Counts the images and checks that every picture is there, before hours are spent.</summary>
    /// <exception cref="DataSetException">Pictures are missing (the first is named), ids repeat, or there are none at all.</exception>
    public int CheckFiles()
    {
        int count = 0, missing = 0;
        string? first = null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (EvaluationImage image in Read())
        {
            count++;
            if (!ids.Add(image.Id))
            {
                throw new DataSetException(Source, $"two images are called '{image.Id}'; each file may stand in the set once");
            }

            if (!File.Exists(image.File))
            {
                missing++;
                first ??= image.File;
            }
        }

        return first is not null
            ? throw new DataSetException(first, $"this picture of the set is missing ({missing} of {count} are); complete {Source}")
            : count > 0 ? count : throw new DataSetException(Source, "the set has no images; check the path");
    }

    private protected static string Require(string folder, params string[] names)
    {
        string path = Path.Combine([folder, .. names]);
        return File.Exists(path)
            ? path
            : throw new DataSetException(folder, $"there is no {string.Join('/', names)}; give the folder that holds it (docs/evaluation.md shows the layout)");
    }
}
