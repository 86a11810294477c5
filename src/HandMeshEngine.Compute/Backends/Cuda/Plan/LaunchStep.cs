using System.Globalization;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>One kernel launch of a plan: source file, constants, parameters and extent. Written by the lowering.</summary>
internal sealed class LaunchStep(Node node, string file, string variant)
{
    private readonly List<(string Name, string Value)> _constants = [];
    private string? _entry;

    /// <summary>A launch that stores a result at a view; the variant's name ends in its type.</summary>
    public LaunchStep(Node node, string file, string variant, View output)
        : this(node, file, $"{variant}_{(output.IsSplit ? "pair" : output.IsHalf ? "f16" : "f32")}") => Define("OUT_TYPE", output.TypeName);

    /// <summary>Several side by side in one launch: their blocks follow each other in a single row.</summary>
    public LaunchStep(IReadOnlyList<LaunchStep> parts)
        : this(parts[0].Node, "merged", string.Join("_and_", parts.Select(part => part.Variant)))
    {
        Parts = parts;
        Pointers.AddRange(parts.SelectMany(part => part.Pointers));
        Shape = new LaunchShape(
            parts.Sum(part => part.Blocks), 1, 1, parts[0].Shape.BlockX, SharedBytes: parts.Max(part => part.Shape.SharedBytes));
        MultiplyAdds = parts.Sum(part => part.MultiplyAdds);
        Bytes = parts.Sum(part => part.Bytes);
        DependentSteps = parts.Max(part => part.DependentSteps);
        Detail = string.Join(" | ", parts.Select(part => part.Detail));
    }

    /// <summary>What it was merged from; empty for an ordinary launch.</summary>
    public IReadOnlyList<LaunchStep> Parts { get; private init; } = [];

    /// <summary>What its blocks do one after the other (kernels/chain.cu); empty for an ordinary launch.</summary>
    public IReadOnlyList<LaunchStep> Links { get; private init; } = [];

    /// <summary>What all its blocks together do one after the other (kernels/walk.cuh); empty for an ordinary launch.</summary>
    public IReadOnlyList<LaunchStep> Stages { get; private init; } = [];

    /// <summary>The launches of one kernel file each that it is made of; itself for an ordinary launch.</summary>
    public IEnumerable<LaunchStep> Leaves =>
        Parts.Count > 0 ? Parts : Stages.Count > 0 ? Stages.SelectMany(stage => stage.Leaves) : [this];

    /// <summary>Several in a row that become the stages of one launch whose blocks wait for each other between them.</summary>
    /// <param name="stages">The launches, each of which may read what those before it wrote.</param>
    /// <param name="meeting">Two counters.</param>
    public static LaunchStep Walk(IReadOnlyList<LaunchStep> stages, PlanBuffer meeting)
    {
        var walk = new LaunchStep(stages[0].Node, "walk", string.Create(CultureInfo.InvariantCulture, $"walk{stages.Count}"))
        {
            Stages = stages,
            Shape = new LaunchShape(
                Math.Min(Walks.MostBlocks, stages.Max(stage => stage.Blocks)), 1, 1, stages[0].Shape.BlockX,
                SharedBytes: stages.Max(stage => stage.Shape.SharedBytes)),
            MultiplyAdds = stages.Sum(stage => stage.MultiplyAdds),
            Bytes = stages.Sum(stage => stage.Bytes),
            DependentSteps = stages.Sum(stage => stage.DependentSteps),
            Detail = string.Join(" then ", stages.Select(stage => stage.Detail)),
        };
        walk.Pointers.AddRange(stages.SelectMany(stage => stage.Pointers));
        walk.Pointers.Add(new Pointer(meeting, 0));
        return walk;
    }

    /// <summary>Several that every block does one after the other, of the same shape.</summary>
    public static LaunchStep Chain(IReadOnlyList<LaunchStep> links)
    {
        var chain = new LaunchStep(links[0].Node, "chain", string.Create(CultureInfo.InvariantCulture, $"chain{links.Count}"))
        {
            Links = links,
            Shape = links[0].Shape,
            MultiplyAdds = links.Sum(link => link.MultiplyAdds),
            Bytes = links.Sum(link => link.Bytes),
            Detail = string.Join(" then ", links.Select(link => link.Detail)),
        };
        chain.Pointers.AddRange(links.SelectMany(link => link.Pointers));
        return chain;
    }

    /// <summary>Blocks of its grid.</summary>
    public int Blocks => Shape.GridX * Shape.GridY * Shape.GridZ;

    /// <summary>The graph node that it serves.</summary>
    public Node Node { get; } = node;

    /// <summary>The kernel file without extension.</summary>
    public string File { get; } = file;

    /// <summary>op_variant_dtype.</summary>
    public string Variant { get; } = variant;

    /// <summary>What it does, for the plan's text: shapes and tile.</summary>
    public string Detail { get; set; } = string.Empty;

    /// <summary>What it does with its sums before it stores them, for the plan's text.</summary>
    public string Ending { get; set; } = string.Empty;

    /// <summary>The product on tensor cores that it computes, whose tile can be chosen; null if there is none.</summary>
    public ProductShape? Product { get; set; }

    /// <summary>Its parameters, all of them pointers.</summary>
    public List<Pointer> Pointers { get; } = [];

    /// <summary>Grid, block, shared memory.</summary>
    public LaunchShape Shape { get; set; }

    /// <summary>Multiply-adds of the op, on the step that computes it.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Bytes that it reads and writes, each operand once.</summary>
    public long Bytes { get; set; }

    /// <summary>
    /// Loads that a warp waits for one after the other while it adds up products outside tensor cores: each costs a way to L2 and back.
    /// Of functions side by side the most.
    /// </summary>
    public int DependentSteps { get; set; }

    /// <summary>The constants it is compiled with.</summary>
    public IReadOnlyList<(string Name, string Value)> Constants => _constants;

    /// <summary>The kernel's name: the variant and a digest of the constants, so equal kernels have equal names everywhere.</summary>
    public string Entry
    {
        get
        {
            if (_entry is null)
            {
                string text = Parts.Count > 0
                    ? string.Join('\n', Parts.Select(part => $"{part.Entry} {part.Shape}"))
                    : Links.Count > 0 ? string.Join('\n', Links.Select(link => link.Entry))
                    : Stages.Count > 0 ? string.Join('\n', Stages.Select(stage => $"{stage.Entry} {stage.Shape}"))
                    : string.Join('\n', _constants.Select(c => $"{c.Name} {c.Value}"));
                _entry = $"{Variant}_{Convert.ToHexStringLower(Sha256.Of($"{File}\n{text}").AsSpan(0, 4))}";
            }

            return _entry;
        }
    }

    public LaunchStep Define(string name, int value) => Define(name, value.ToString(CultureInfo.InvariantCulture));

    public LaunchStep Define(string name, bool value) => Define(name, value ? 1 : 0);

    public LaunchStep Define(string name, float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return Define(name, text.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{text}.0f" : $"{text}f");
    }

    /// <summary>Adds an activation and its two numbers.</summary>
    public LaunchStep Define(Activation activation, string name = "ACTIVATION") =>
        Define(name, (int)activation.Kind).Define($"{name}_A", activation.A).Define($"{name}_B", activation.B);

    public LaunchStep Define(string name, string value)
    {
        _constants.Add((name, value.StartsWith('-') ? $"({value})" : value));
        return this;
    }

    /// <summary>Adds parameters.</summary>
    public LaunchStep Take(params ReadOnlySpan<Pointer> pointers)
    {
        foreach (Pointer pointer in pointers)
        {
            Pointers.Add(pointer);
        }

        return this;
    }

    /// <summary>One block of 128 threads for each 128 (or fewer) work items.</summary>
    public LaunchStep Spread(long items, int itemsPerBlock = 128)
    {
        Shape = new LaunchShape(checked((int)((items + itemsPerBlock - 1) / itemsPerBlock)), 1, 1, 128);
        return this;
    }

    /// <summary>A line of the plan's text; of merged launches, chains and walks a line each.</summary>
    public override string ToString()
    {
        if (Parts.Count > 0 || Links.Count > 0 || Stages.Count > 0)
        {
            return Parts.Count > 0 ? string.Join("\n   & ", Parts)
                : Links.Count > 0 ? string.Join("\n   > ", Links)
                : string.Join("\n   / ", Stages);
        }

        string shared = Shape.SharedBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $" shared {Shape.SharedBytes}") : string.Empty;
        string work = MultiplyAdds > 0 ? string.Create(CultureInfo.InvariantCulture, $" flops {2 * MultiplyAdds}") : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"%{Node.Id} {Variant} {Detail} grid {Shape.GridX}x{Shape.GridY}x{Shape.GridZ} block {Shape.BlockX}{shared} bytes {Bytes}{work}");
    }
}
