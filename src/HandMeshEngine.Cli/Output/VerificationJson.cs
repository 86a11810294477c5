using System.Text.Json;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Cli.Output;

/// <summary>A verification report for programs. Numbers that are not finite are null.</summary>
internal static class VerificationJson
{
    public static void Write(TextWriter writer, VerificationReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("case", report.Case);
            json.WriteString("system", report.System);
            json.WriteString("device", report.Device);
            json.WriteBoolean("passed", report.Passed);
            json.WriteString("firstDivergingStage", report.FirstDiverging?.Stage);
            json.WriteStartArray("tensors");
            foreach (TensorComparison tensor in report.Tensors)
            {
                Write(json, tensor);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, TensorComparison tensor)
    {
        json.WriteStartObject();
        json.WriteString("stage", tensor.Stage);
        json.WriteString("tensor", tensor.Name);
        json.WriteString("route", tensor.Route);
        json.WriteBoolean("passed", tensor.Passed);
        json.WriteNumber("count", tensor.Count);
        Number(json, "maxError", tensor.MaxError);
        Number(json, "meanError", tensor.MeanError);
        json.WriteStartArray("at");
        foreach (int index in tensor.Where)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        Number(json, "actual", tensor.Actual);
        Number(json, "expected", tensor.Expected);
        Number(json, "nmse", tensor.Nmse);
        Number(json, "cosine", tensor.Cosine);
        json.WriteNumber("notFinite", tensor.NonFinite);
        Number(json, "tolerance", tensor.Tolerance);
        Number(json, "neededTolerance", tensor.NeededTolerance);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
