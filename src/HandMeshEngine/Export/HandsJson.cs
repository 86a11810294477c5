using System.Runtime.InteropServices;
using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>
/// The <c>hands.json</c> of an image and the lines of a sequence. Metres in camera space (x right, y down, z forward),
/// pixels of the upright image; a hand without a place in camera space has null for root, translation and joints.
/// </summary>
public static class HandsJson
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    private static readonly (PlacementFlags Flag, string Name)[] _flags =
    [
        (PlacementFlags.GuessedCamera, "guessedCamera"), (PlacementFlags.OffAxis, "offAxis"), (PlacementFlags.GuessedRoot, "guessedRoot"),
        (PlacementFlags.Degenerate, "degenerate"), (PlacementFlags.BehindCamera, "behindCamera"),
        (PlacementFlags.OutsideLens, "outsideLens"), (PlacementFlags.WideWithoutLens, "wideWithoutLens"),
        (PlacementFlags.SizeAssumed, "sizeAssumed"), (PlacementFlags.SizeUncertain, "sizeUncertain"),
        (PlacementFlags.Predicted, "predicted"),
    ];

    /// <summary>Writes a file; it appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, PredictionRecord prediction) =>
        AtomicFile.Write(path, prediction, static (stream, what) => Write(stream, what));

    /// <summary>Writes the document to a stream, which stays open.</summary>
    public static void Write(Stream stream, PredictionRecord prediction)
    {
        using var json = new Utf8JsonWriter(stream, _indented);
        json.WriteStartObject();
        WriteBody(json, prediction, withIds: false);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>
    /// Writes one line of a sequence: the same members on one line, preceded by "frame" and "file", and with the "id" of
    /// every hand (null if it has none), which stays the same while the hand is followed.
    /// </summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="prediction">The frame's answer.</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <param name="file">Name of the frame's image file.</param>
    /// <param name="seconds">When the frame was taken, by the time stamps of a video; null if nothing is known.</param>
    public static void WriteLine(Stream stream, PredictionRecord prediction, int frame, string file, double? seconds = null)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteFrame(json, frame, file, seconds);
        WriteBody(json, prediction, withIds: true);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes the line of a frame that has no answer: "problem" says why, "hands" is empty.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <param name="file">Name of the frame's image file.</param>
    /// <param name="seconds">When the frame was taken; null if nothing is known.</param>
    /// <param name="problem">One sentence.</param>
    /// <param name="run">As <see cref="PredictionRecord.Run"/>.</param>
    public static void WriteProblem(Stream stream, int frame, string file, double? seconds, string problem, string? run = null)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteFrame(json, frame, file, seconds);
        WriteText(json, "run", run);
        json.WriteString("problem", problem);
        json.WriteStartArray("hands");
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes collected lines to a file; it appears whole or not at all.</summary>
    /// <param name="path">Usually ends in <c>.jsonl</c>.</param>
    /// <param name="lines">What <see cref="WriteLine"/> wrote.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void SaveLines(string path, MemoryStream lines) =>
        AtomicFile.Write(path, lines, static (stream, what) => what.WriteTo(stream));

    private static void WriteFrame(Utf8JsonWriter json, int frame, string file, double? seconds)
    {
        json.WriteNumber("frame", frame);
        json.WriteString("file", file);
        if (seconds is { } time)
        {
            WriteFinite(json, "seconds", time);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteBody(Utf8JsonWriter json, PredictionRecord prediction, bool withIds)
    {
        json.WriteStartObject("image");
        json.WriteNumber("width", prediction.ImageWidth);
        json.WriteNumber("height", prediction.ImageHeight);
        json.WriteEndObject();
        json.WriteStartObject("camera");
        json.WriteNumber("fx", prediction.Camera.Fx);
        json.WriteNumber("fy", prediction.Camera.Fy);
        json.WriteNumber("cx", prediction.Camera.Cx);
        json.WriteNumber("cy", prediction.Camera.Cy);
        json.WriteString("source", Name(prediction.Camera.Source));
        WriteLens(json, prediction.Camera);
        json.WriteEndObject();
        json.WriteString("system", prediction.System);
        json.WriteString("device", prediction.Device);
        WriteText(json, "run", prediction.Run);
        if (prediction.Notes.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (string note in prediction.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("hands");
        foreach (HandMesh hand in prediction.Hands)
        {
            json.WriteStartObject();
            WriteHand(json, hand, withIds, prediction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLens(Utf8JsonWriter json, Camera camera)
    {
        if (camera.Lens is not { } lens)
        {
            return;
        }

        json.WriteStartObject("lens");
        json.WriteString("model", Name(lens.Model));
        json.WriteStartArray("coefficients");
        foreach (double value in lens.Coefficients)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (camera.Orientation != FrameOrientation.Upright)
        {
            json.WriteNumber("turnedClockwise", 90 * camera.Orientation.QuarterTurns);
            json.WriteBoolean("mirrored", camera.Orientation.Mirrored);
        }
    }

    private static void WriteHand(Utf8JsonWriter json, HandMesh hand, bool withId, PredictionRecord prediction)
    {
        if (withId && hand.Id is int id)
        {
            json.WriteNumber("id", id);
        }
        else if (withId)
        {
            json.WriteNull("id");
        }

        json.WriteString("handedness", hand.Handedness == Handedness.Left ? "left" : "right");
        WriteFinite(json, "score", hand.Score);
        WritePlaced(json, "root", hand, hand.Joints[..1], list: false);
        WritePlaced(json, "translation", hand, [hand.Translation], list: false);
        WritePlaced(json, "joints", hand, hand.Joints, list: true);
        json.WritePropertyName("keypoints");
        WritePoints(json, MemoryMarshal.Cast<Vector2, float>(hand.Keypoints), 2, list: true);
        json.WriteNumber("vertexCount", hand.Vertices.Length);
        if (hand.SizeSource is { } source)
        {
            WriteFinite(json, "handSize", hand.Size);
            json.WriteString("handSizeSource", Name(source));
        }

        if (prediction.WithVertices)
        {
            WritePlaced(json, "vertices", hand, hand.Vertices, list: true);
        }

        if (prediction.WithRotations)
        {
            json.WritePropertyName("rotations");
            WritePoints(json, MemoryMarshal.Cast<Quaternion, float>(hand.Pose.LocalRotations), 4, list: true);
        }

        WriteBox(json, hand.Box);
        WriteCrop(json, hand.Crop);
        WritePlacement(json, hand.Placement);
    }

    // Where the hand was looked for, pixels; null where no box led to the crop.
    private static void WriteBox(Utf8JsonWriter json, HandBox? box)
    {
        if (box is not { } given)
        {
            json.WriteNull("box");
            return;
        }

        json.WriteStartObject("box");
        WriteFinite(json, "x", given.X);
        WriteFinite(json, "y", given.Y);
        WriteFinite(json, "width", given.Width);
        WriteFinite(json, "height", given.Height);
        json.WriteEndObject();
    }

    // The part of the image that the network saw: pixels, and the angle in radians from x toward y.
    private static void WriteCrop(Utf8JsonWriter json, in Crop crop)
    {
        json.WriteStartObject("crop");
        WriteFinite(json, "centerX", crop.CenterX);
        WriteFinite(json, "centerY", crop.CenterY);
        WriteFinite(json, "width", crop.Width);
        WriteFinite(json, "height", crop.Height);
        WriteFinite(json, "angle", crop.Angle);
        json.WriteEndObject();
    }

    private static void WritePlacement(Utf8JsonWriter json, in Placement placement)
    {
        json.WriteStartObject("placement");
        json.WriteBoolean("isPlaced", placement.IsPlaced);
        WriteFinite(json, "condition", placement.Condition);
        WriteFinite(json, "residualPixels", placement.ResidualPixels);
        json.WriteStartArray("flags");
        foreach ((PlacementFlags flag, string name) in _flags)
        {
            if (placement.Flags.HasFlag(flag))
            {
                json.WriteStringValue(name);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
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

    private static void WritePlaced(Utf8JsonWriter json, string name, HandMesh hand, ReadOnlySpan<Vector3> points, bool list)
    {
        json.WritePropertyName(name);
        if (hand.Placement.IsPlaced)
        {
            WritePoints(json, MemoryMarshal.Cast<Vector3, float>(points), 3, list);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    // Written raw so that points stay on one line. JSON has no word for numbers that are not finite.
    private static void WritePoints(Utf8JsonWriter json, ReadOnlySpan<float> values, int dimensions, bool list)
    {
        TextBuffer text = new TextBuffer().Add(list ? "[" : "");
        for (int i = 0; i < values.Length; i++)
        {
            text.Add(i % dimensions != 0 ? ", " : i == 0 ? "[" : ", [");
            if (float.IsFinite(values[i]))
            {
                text.Add(values[i]);
            }
            else
            {
                text.Add("null");
            }

            text.Add(i % dimensions == dimensions - 1 ? "]" : "");
        }

        json.WriteRawValue(text.Add(list ? "]" : "").Written);
    }

    private static string Name(LensModel model) => model switch
    {
        LensModel.BrownConrady => "brownConrady",
        LensModel.ModifiedBrownConrady => "modifiedBrownConrady",
        LensModel.Fisheye => "fisheye",
        LensModel.FieldOfView => "fieldOfView",
        LensModel.Omnidirectional => "omnidirectional",
        LensModel.DoubleSphere => "doubleSphere",
        LensModel.ExtendedUnified => "extendedUnified",
        _ => "pinhole",
    };

    private static string Name(HandSizeSource source) => source switch
    {
        HandSizeSource.Given => "given",
        HandSizeSource.Track => "track",
        HandSizeSource.Prior => "prior",
        HandSizeSource.Network => "network",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "not a source of a hand's size"),
    };

    private static string Name(CameraSource source) => source switch
    {
        CameraSource.Given => "given",
        CameraSource.Exif => "exif",
        CameraSource.Fov => "fov",
        CameraSource.Guess => "guess",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "not a camera source"),
    };
}
