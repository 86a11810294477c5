using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Export;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh verify</c>: does the engine compute what the model computes?</summary>
internal static class VerifyVerb
{
    private const string RandomPrefix = "random:";

    private static readonly Option<string?> _reference = new("--reference")
    {
        Description = "A stored case: inputs, stages and outputs of the reference implementation (docs/verify.md).",
        HelpName = "CASE",
    };

    private static readonly Option<string?> _against = new("--against")
    {
        Description = "Compare --device with this device instead, on a drawn image.",
        HelpName = "DEVICE",
    };

    private static readonly Option<double?> _share = new("--tolerance")
    {
        Description = "With --against: largest difference as a share of a tensor's largest magnitude.",
        HelpName = "SHARE",
    };

    private static readonly Option<string?> _heat = new("--heat") { Description = "Draw the error of every vertex on the mesh.", HelpName = "FILE.png" };

    private static readonly JsonOption _json = new();

    public static Command Create()
    {
        var common = new CommonOptions();
        var verb = new Command("verify", "Compares every stage with a stored case, or one device with another. Exit code 1 if they differ.");
        common.AddTo(verb);
        verb.AddAll(_reference, _against, _share, _heat, _json);

        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.Read(parsed);
            OutputPath.RequireFile("--heat", parsed.GetValue(_heat));
            VerificationReport report = parsed.GetValue(_reference) is { } path
                ? WithCase(parsed, options, path, common.NamesSystem(parsed))
                : WithDevice(parsed, options);
            if (parsed.GetValue(_heat) is { } picture)
            {
                ErrorHeatMap.Save(picture, report.MeshError
                    ?? throw new CommandException(ExitCode.BadInput, $"{report.Case} compares no whole mesh, so there is no picture of its errors"));
            }

            if (parsed.GetValue(_json))
            {
                VerificationJson.Write(Console.Out, report);
            }
            else
            {
                VerificationText.Write(Console.Out, report);
            }

            return report.Passed ? ExitCode.Fine : ExitCode.No;
        });
        return verb;
    }

    private static VerificationReport WithCase(ParseResult parsed, EstimatorOptions options, string path, bool namesSystem)
    {
        if (parsed.GetValue(_against) is not null || parsed.GetValue(_share) is not null)
        {
            throw new ArgumentException("a case has its own tolerances and no second device: give --reference, or --against with --tolerance");
        }

        ReferenceCase reference = ReferenceCase.Read(path);
        if (namesSystem && options.System != reference.System)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} is a case of {reference.System}, but --system says {options.System}");
        }

        TensorMap? weights = Weights(reference, options, path);
        (Backend backend, _) = Devices.Choose(options.Device, options.Threads);
        using (backend)
        {
            return Verifier.Run(reference, backend, PrecisionOf(options, backend), weights);
        }
    }

    private static VerificationReport WithDevice(ParseResult parsed, EstimatorOptions options)
    {
        string other = parsed.GetValue(_against)
            ?? throw new ArgumentException("give a case to compare with (--reference CASE), or a second device (--against DEVICE)");
        if (parsed.GetValue(_heat) is not null)
        {
            throw new ArgumentException("--heat draws the errors of a case; give --reference");
        }

        if (parsed.GetValue(_share) is { } share && !(share >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"--tolerance {share} must be a number of 0 or more"));
        }

        (Backend backend, _) = Devices.Choose(options.Device, options.Threads);
        using (backend)
        {
            using Backend judge = Devices.Open(other, options.Threads);
            return DeviceComparison.Run(options, backend, judge, PrecisionOf(options, backend), parsed.GetValue(_share));
        }
    }

    private static Precision PrecisionOf(EstimatorOptions options, Backend backend) =>
        options.Precision ?? (backend.Name == "cuda" ? Precision.Float16 : Precision.Float32);

    // Null: the weights that the case was made with.
    private static TensorMap? Weights(ReferenceCase reference, EstimatorOptions options, string path)
    {
        if (options.Weights is null)
        {
            return options.Variant is { } variant && HandSystems.Find(reference.System) is { ShipsWithWeights: true } system
                ? SafetensorsFile.Read(system.RequireWeights(variant))
                : null;
        }

        if (options.Weights.StartsWith(RandomPrefix, StringComparison.Ordinal))
        {
            return Verifier.StandInWeights(reference, options.Weights[RandomPrefix.Length..]);
        }

        TensorMap weights = SafetensorsFile.Read(options.Weights);
        string? owner = weights.Metadata.GetValueOrDefault(WeightMetadata.System);
        return owner == reference.System
            ? weights
            : throw new CommandException(
                ExitCode.BadInput, $"{path} is a case of {reference.System}, but {options.Weights} holds weights of {owner ?? "no known system"}");
    }
}
