namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>
/// What trainers put before and into the names of a model's tensors: torch.compile, DDP, FSDP, Fabric, Lightning, EMA copies, activation
/// checkpointing. Marks of wrappers are taken out wherever they stand; the prefix in front is found by what the rest of the names means.
/// </summary>
internal sealed class WrapperNames
{
    // Names that no author gives a layer.
    private static readonly string[] _marks =
        ["_orig_mod.", "_fsdp_wrapped_module.", "_forward_module.", "_checkpoint_wrapped_module.", "_original_module.", "_flax_module."];

    private WrapperNames(string prefix, int prefixed, int marked, string? twin) => (Prefix, Prefixed, Marked, Twin) = (prefix, prefixed, marked, twin);

    /// <summary>What stands before the names, with its last dot; empty if nothing does.</summary>
    public string Prefix { get; }

    private int Prefixed { get; }

    private int Marked { get; }

    private string? Twin { get; }

    /// <summary>What was taken off, in a sentence; null if nothing was.</summary>
    public string? Notice
    {
        get
        {
            string[] facts =
            [
                .. Prefix.Length > 0 ? [$"the prefix '{CheckpointException.Printable(Prefix)}' was taken off {Prefixed} names"] : Array.Empty<string>(),
                .. Marked > 0 ? [$"marks of wrappers were taken out of {Marked} names"] : Array.Empty<string>(),
                .. Twin is not null ? [$"the weights are there once more under '{CheckpointException.Printable(Twin)}', which is left aside"] : Array.Empty<string>(),
            ];
            return facts.Length == 0 ? null : string.Join("; ", facts);
        }
    }

    /// <summary>Finds the prefix under which most names of a file are known.</summary>
    /// <param name="names">The names in the file.</param>
    /// <param name="isMeant">Whether a name, by itself, is that of a tensor of the system.</param>
    public static WrapperNames Find(IReadOnlyList<string> names, Func<string, bool> isMeant)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        int marked = 0;
        foreach (string name in names)
        {
            string bare = WithoutMarks(name);
            marked += bare.Length < name.Length ? 1 : 0;
            for (int start = 0; start >= 0 && start < bare.Length;)
            {
                if (isMeant(bare[start..]))
                {
                    votes[bare[..start]] = votes.GetValueOrDefault(bare[..start]) + 1;
                    break;
                }

                int dot = bare.IndexOf('.', start);
                start = dot < 0 ? -1 : dot + 1;
            }
        }

        KeyValuePair<string, int>[] ranked = [.. votes.OrderByDescending(vote => vote.Value)];
        (string prefix, int most) = ranked.Length == 0 ? (string.Empty, 0) : (ranked[0].Key, ranked[0].Value);
        string? twin = ranked.Length > 1 && ranked[1].Value == most && most > 1 ? ranked[1].Key : null;
        return new WrapperNames(prefix, most, marked, twin);
    }

    /// <summary>A name without the prefix and without marks.</summary>
    public string Bare(string name)
    {
        string bare = WithoutMarks(name);
        return bare.StartsWith(Prefix, StringComparison.Ordinal) ? bare[Prefix.Length..] : bare;
    }

    private static string WithoutMarks(string name)
    {
        foreach (string mark in _marks)
        {
            for (int at = name.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = name.IndexOf(mark, at, StringComparison.Ordinal))
            {
                if (at > 0 && name[at - 1] != '.')
                {
                    at++;
                    continue;
                }

                name = name.Remove(at, mark.Length);
            }
        }

        return name;
    }
}
