using System.Text.Json;

namespace HandMeshEngine.Native;

/// <summary>What an estimator's steps took, as JSON.</summary>
internal static class ProfileText
{
    /// <summary>Every network with its steps: mean microseconds since the estimator opened.</summary>
    /// <exception cref="AbiException">The estimator was opened without a profile.</exception>
    public static byte[] Write(HandEstimator estimator)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("system", estimator.System.Id);
            json.WriteString("device", estimator.DeviceDescription);
            json.WriteStartArray("networks");
            foreach ((string name, Session session) in estimator.Sessions)
            {
                Write(json, name, session.Profile ?? throw new AbiException(
                    Status.InvalidArgument, "the estimator was opened without a profile; set options->profile to 1"));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Profile profile)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("runs", profile.Runs);
        json.WriteStartArray("steps");
        for (int i = 0; i < profile.Steps.Count; i++)
        {
            ProfileStep step = profile.Steps[i];
            json.WriteStartObject();
            json.WriteString("stage", step.Stage);
            json.WriteString("kernel", step.Kernel);
            json.WriteNumber("microseconds", Math.Round(profile.Microseconds(i), 3));
            json.WriteNumber("multiply_adds", step.MultiplyAdds);
            json.WriteNumber("bytes", step.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
