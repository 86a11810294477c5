using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>What a launch does with its sums before it stores them: the constants and parameters of kernels/epilogue.cuh.</summary>
internal static class EpilogueWriter
{
    /// <summary>Adds them to a launch, and <see cref="LaunchStep.Ending"/>.</summary>
    /// <param name="context">Knows operands and fusions.</param>
    /// <param name="step">The launch.</param>
    /// <param name="epilogue">The op's own epilogue.</param>
    /// <param name="own">Operands of the op before those of the epilogue.</param>
    /// <param name="to">Where the result goes.</param>
    /// <param name="storesLast">Whether the last value made of the sums is stored, or only read on by the launch itself.</param>
    public static void Write(CudaLoweringContext context, LaunchStep step, Epilogue epilogue, int own, View to, bool storesLast = true)
    {
        Node node = step.Node;
        ValueViews views = context.Views;
        FusedEpilogue? fused = context.Fusions.EpilogueOf(node);
        View? residual = epilogue.Residual ? views.Matrix(node, views.FullOf(node, epilogue.ResidualIndex(own))) : null;
        View? addend = fused?.Sum is null ? null : views.Matrix(node, views.Of(fused.Addend));
        View? scaled = fused?.Affine is { } affine ? storesLast ? views.Allocate(affine) : ValueViews.Unstored(affine) : null;
        bool storesUnscaled = context.Fusions.StoresUnscaled(node, storesLast);
        step.Define("OUT_CHANNELS", to.Channels).Define("OUT_STORED", to.Stored).Define("OUT_PITCH", to.Pitch)
            .Define("OUT_LOW", to.Low)
            .Define("OUT_RUN", new[] { to, residual, addend, scaled }.OfType<View>().Min(view => view.Run))
            .Define("RESIDUAL_TYPE", residual?.TypeName ?? "float").Define("RESIDUAL_PITCH", residual?.Pitch ?? 0)
            .Define("RESIDUAL_LOW", residual?.Low ?? 0)
            .Define("HAS_BIAS", epilogue.Bias).Define("HAS_RESIDUAL", epilogue.Residual)
            .Define(epilogue.Activation)
            .Define(fused?.Sum is { Op: BinaryOp sum } ? sum.Activation : Activation.None, "ADDEND_ACTIVATION")
            .Define("HAS_ADDEND", addend is not null).Define("ADDEND_TYPE", addend?.TypeName ?? "float").Define("ADDEND_PITCH", addend?.Pitch ?? 0)
            .Define(fused?.Affine is { Op: AffineOp scale } ? scale.Activation : Activation.None, "SECOND_ACTIVATION")
            .Define("HAS_FIRST", storesUnscaled).Define("HAS_SECOND", scaled is null ? 0 : storesLast ? 1 : 2)
            .Define("SECOND_TYPE", scaled?.TypeName ?? "float").Define("SECOND_PITCH", scaled?.Pitch ?? 0);
        step.Take(
            storesUnscaled ? to.Target : default,
            context.Constants.Floats(node, epilogue.BiasIndex(own), "bias"),
            residual?.Pointer ?? default,
            context.Constants.Floats(node, epilogue.SlopeIndex(own), "slope"),
            addend?.Pointer ?? default,
            storesLast && scaled is not null ? scaled.Target : default,
            scaled is null ? default : context.Constants.Floats(fused!.Affine!, 1, "scale"),
            scaled is null ? default : context.Constants.Floats(fused!.Affine!, 2, "shift"));
        step.Ending = epilogue + (fused is null ? string.Empty : Describe(fused));
    }

    /// <summary>An activation as text for plans, with a blank before it; empty if there is none.</summary>
    public static string Describe(Activation activation) => activation.Kind == ActivationKind.None ? string.Empty : $" {activation}";

    private static string Describe(FusedEpilogue fused) =>
        (fused.Sum is { Op: BinaryOp sum } ? $" then +%{fused.Addend}{Describe(sum.Activation)}" : string.Empty)
        + (fused.Affine is { Op: AffineOp affine }
            ? $" {(fused.StoresUnscaled ? "and" : "then")} affine{Describe(affine.Activation)}"
            : string.Empty);
}
