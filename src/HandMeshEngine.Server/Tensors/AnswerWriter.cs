using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using HandMeshEngine.Export;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Scheduling;

namespace HandMeshEngine.Server.Tensors;

/// <summary>
/// Hands to output tensors. Images of a batch have different numbers of hands: the axis has the largest of them, HANDS says how many rows
/// count, and the rest is zero.
/// </summary>
internal static class AnswerWriter
{
    /// <exception cref="Refusal">An output is unknown or there twice.</exception>
    public static void Check(IReadOnlyList<RequestedOutput> outputs)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (ModelSignature.Outputs.All(info => info.Name != outputs[i].Name))
            {
                throw Refusal.Invalid($"there is no output of the name that output {i} has; the outputs are {string.Join(", ", ModelSignature.Outputs.Select(info => info.Name))}");
            }

            if (outputs.Take(i).Any(before => before.Name == outputs[i].Name))
            {
                throw Refusal.Invalid($"{outputs[i].Name} is asked for twice");
            }
        }
    }

    /// <summary>The tensors that were asked for.</summary>
    public static OutputTensor[] Write(PictureAnswer[] answers, IReadOnlyList<RequestedOutput> outputs)
    {
        IEnumerable<string> names = outputs.Count > 0 ? outputs.Select(output => output.Name) : ModelSignature.UsualOutputs.Select(info => info.Name);
        return [.. names.Select(name => Write(answers, name))];
    }

    private static OutputTensor Write(PictureAnswer[] answers, string name) => name switch
    {
        ModelSignature.Hands => Numbers(name, answers, [1], 1, 4, static (answer, to) => BinaryPrimitives.WriteInt32LittleEndian(to, answer.Hands.Length)),
        ModelSignature.Camera => Numbers(name, answers, [4], 4, 8, static (answer, to) => WriteCamera(answer.Camera, to)),
        ModelSignature.Glb => new OutputTensor(name, DataType.Bytes, [answers.Length, 1], [], [.. answers.Select(Glb)]),
        ModelSignature.Handedness => Sides(answers),
        ModelSignature.Score => OfHands(name, DataType.Fp32, answers, [], 4, static (hand, to) => BinaryPrimitives.WriteSingleLittleEndian(to, hand.Score)),
        ModelSignature.RightProbability => OfHands(name, DataType.Fp32, answers, [], 4, static (hand, to) => BinaryPrimitives.WriteSingleLittleEndian(to, hand.RightProbability)),
        ModelSignature.Id => OfHands(name, DataType.Int32, answers, [], 4, static (hand, to) => BinaryPrimitives.WriteInt32LittleEndian(to, hand.Id ?? -1)),
        ModelSignature.PlacementFlags => OfHands(name, DataType.Int32, answers, [], 4, static (hand, to) => BinaryPrimitives.WriteInt32LittleEndian(to, (int)hand.Placement.Flags)),
        ModelSignature.Placement => OfHands(name, DataType.Fp32, answers, [6], 24, WritePlacement),
        ModelSignature.Joints => OfHands(name, DataType.Fp32, answers, [HandMesh.JointCount, 3], HandMesh.JointCount * 12, static (hand, to) => Write(MemoryMarshal.Cast<Vector3, float>(hand.Joints), to)),
        ModelSignature.RelativeJoints => OfHands(name, DataType.Fp32, answers, [HandMesh.JointCount, 3], HandMesh.JointCount * 12, static (hand, to) => Write(MemoryMarshal.Cast<Vector3, float>(hand.RelativeJoints), to)),
        ModelSignature.Keypoints => OfHands(name, DataType.Fp32, answers, [HandMesh.JointCount, 2], HandMesh.JointCount * 8, static (hand, to) => Write(MemoryMarshal.Cast<Vector2, float>(hand.Keypoints), to)),
        ModelSignature.Rotations => OfHands(name, DataType.Fp32, answers, [HandSkeleton.JointCount, 4], HandSkeleton.JointCount * 16, static (hand, to) => Write(MemoryMarshal.Cast<Quaternion, float>(hand.Pose.LocalRotations), to)),
        ModelSignature.Vertices => Vertices(answers),
        _ => Faces(answers),
    };

    private static OutputTensor Vertices(PictureAnswer[] answers)
    {
        int count = answers.SelectMany(answer => answer.Hands).Select(hand => hand.Vertices.Length).DefaultIfEmpty(0).Max();
        return OfHands(ModelSignature.Vertices, DataType.Fp32, answers, [count, 3], count * 12, static (hand, to) => Write(MemoryMarshal.Cast<Vector3, float>(hand.Vertices), to));
    }

    private static OutputTensor Faces(PictureAnswer[] answers)
    {
        int count = answers.SelectMany(answer => answer.Hands).Select(hand => hand.Faces.Length / 3).DefaultIfEmpty(0).Max();
        return OfHands(ModelSignature.Faces, DataType.Int32, answers, [count, 3], count * 12, static (hand, to) =>
        {
            for (int i = 0; i < hand.Faces.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(to[(4 * i)..], hand.Faces[i]);
            }
        });
    }

    private static OutputTensor Sides(PictureAnswer[] answers)
    {
        int most = Most(answers);
        byte[][] sides = [.. answers.SelectMany(answer => Enumerable.Range(0, most).Select(i => i >= answer.Hands.Length ? []
            : answer.Hands[i].Handedness == Handedness.Left ? "left"u8.ToArray() : "right"u8.ToArray()))];
        return new OutputTensor(ModelSignature.Handedness, DataType.Bytes, [answers.Length, most], [], sides);
    }

    private static byte[] Glb(PictureAnswer answer)
    {
        if (answer.Hands.Length == 0)
        {
            return [];
        }

        using var stream = new MemoryStream();
        MeshFile.Write(stream, MeshFormat.Glb, answer.Hands);
        return stream.ToArray();
    }

    private static OutputTensor Numbers(string name, PictureAnswer[] answers, long[] shape, int elements, int size, SpanWriter<PictureAnswer> write)
    {
        byte[] data = new byte[answers.Length * elements * size];
        for (int i = 0; i < answers.Length; i++)
        {
            write(answers[i], data.AsSpan(i * elements * size, elements * size));
        }

        return new OutputTensor(name, size == 8 ? DataType.Fp64 : DataType.Int32, [answers.Length, .. shape], data, []);
    }

    private static OutputTensor OfHands(string name, DataType type, PictureAnswer[] answers, long[] shape, int bytes, SpanWriter<HandMesh> write)
    {
        int most = Most(answers);
        byte[] data = new byte[answers.Length * most * bytes];
        for (int i = 0; i < answers.Length; i++)
        {
            for (int k = 0; k < answers[i].Hands.Length; k++)
            {
                write(answers[i].Hands[k], data.AsSpan(((i * most) + k) * bytes, bytes));
            }
        }

        return new OutputTensor(name, type, [answers.Length, most, .. shape], data, []);
    }

    private static int Most(PictureAnswer[] answers) => answers.Max(answer => answer.Hands.Length);

    private static void WriteCamera(Camera camera, Span<byte> to)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(to, camera.Fx);
        BinaryPrimitives.WriteDoubleLittleEndian(to[8..], camera.Fy);
        BinaryPrimitives.WriteDoubleLittleEndian(to[16..], camera.Cx);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], camera.Cy);
    }

    private static void WritePlacement(HandMesh hand, Span<byte> to) => Write(
        [hand.Translation.X, hand.Translation.Y, hand.Translation.Z, hand.Size, hand.Placement.Condition, hand.Placement.ResidualPixels], to);

    private static void Write(ReadOnlySpan<float> values, Span<byte> to)
    {
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(to[(4 * i)..], values[i]);
        }
    }

    private delegate void SpanWriter<in T>(T value, Span<byte> to);
}
