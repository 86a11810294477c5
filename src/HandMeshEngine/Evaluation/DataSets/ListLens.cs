using System.Text.Json;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>The lens in a line of an image list: OpenCV's coefficients, or a model by its name as results write it.</summary>
internal static class ListLens
{
    /// <summary><c>[k1, k2, p1, p2, k3, ...]</c> as OpenCV orders them.</summary>
    /// <exception cref="ArgumentException">No such lens.</exception>
    public static Lens FromDistortion(double[] coefficients) => Lens.BrownConrady(coefficients);

    /// <summary><c>{"model": "fisheye", "coefficients": [...]}</c>.</summary>
    /// <exception cref="FormatException">The model is not known, or takes another number of coefficients.</exception>
    /// <exception cref="ArgumentException">No lens has these coefficients.</exception>
    public static Lens FromModel(JsonElement value)
    {
        string? model = value.GetProperty("model").GetString();
        double[] numbers = value.TryGetProperty("coefficients", out JsonElement list) ? [.. list.EnumerateArray().Select(number => number.GetDouble())] : [];
        return (model, numbers) switch
        {
            ("pinhole", []) => Lens.Pinhole,
            ("brownConrady", _) => Lens.BrownConrady(numbers),
            ("modifiedBrownConrady", _) => Lens.ModifiedBrownConrady(numbers),
            ("fisheye", _) => Lens.Fisheye(numbers),
            ("fieldOfView", [var w]) => Lens.FieldOfView(w),
            ("omnidirectional", [var xi, var k1, var k2, var p1, var p2]) => Lens.Omnidirectional(xi, k1, k2, p1, p2),
            ("doubleSphere", [var xi, var alpha]) => Lens.DoubleSphere(xi, alpha),
            ("extendedUnified", [var alpha, var beta]) => Lens.ExtendedUnified(alpha, beta),
            _ => throw new FormatException(
                $"'lens' names the model '{model}' with {numbers.Length} coefficients; known are pinhole, brownConrady, modifiedBrownConrady, fisheye, fieldOfView, omnidirectional, doubleSphere and extendedUnified (docs/cameras.md)"),
        };
    }
}
