using System.Buffers.Binary;
using HandMeshEngine.Server.Grpc.Messages;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Grpc;

/// <summary>A message to a request.</summary>
internal static class GrpcRequestReader
{
    private const int MostTensors = 32;

    /// <exception cref="Refusal">The message makes no sense.</exception>
    public static InferRequest Read(ModelInferRequest message)
    {
        if (message.Inputs.Count > MostTensors || message.Outputs.Count > MostTensors)
        {
            throw Refusal.Invalid($"there are more than {MostTensors} inputs or outputs");
        }

        bool isRaw = message.RawInputContents.Count > 0;
        if (isRaw && message.RawInputContents.Count != message.Inputs.Count)
        {
            throw Refusal.Invalid($"there are {message.Inputs.Count} inputs and {message.RawInputContents.Count} raw_input_contents; give one for each, or none");
        }

        var inputs = new List<InputTensor>();
        for (int i = 0; i < message.Inputs.Count; i++)
        {
            // Without the type, null would become an empty memory.
            inputs.Add(Read(message.Inputs[i], isRaw ? (ReadOnlyMemory<byte>?)message.RawInputContents[i].Memory : null));
        }

        return new InferRequest
        {
            Id = message.Id.Length <= 1024 ? message.Id : throw Refusal.Invalid("an id has at most 1024 characters"),
            Inputs = inputs,
            Outputs = [.. message.Outputs.Select(output => new RequestedOutput(output.Name))],
            SequenceId = message.Parameters.TryGetValue("sequence_id", out InferParameter? id) ? RequestParameters.SequenceId(SequenceId(id)) : null,
            SequenceStart = Flag(message, "sequence_start"),
            SequenceEnd = Flag(message, "sequence_end"),
            Timeout = message.Parameters.TryGetValue("timeout", out InferParameter? timeout) ? RequestParameters.Timeout(Whole(timeout, "timeout")) : null,
        };
    }

    private static InputTensor Read(ModelInferRequest.Types.InferInputTensor input, ReadOnlyMemory<byte>? raw)
    {
        if (ModelSignature.Inputs.All(info => info.Name != input.Name))
        {
            throw Refusal.Invalid("there is no input of that name; ask for the model's metadata");
        }

        DataType type = DataTypes.Parse(input.Datatype, input.Name);
        long[] shape = [.. input.Shape];
        if (raw is { } packed)
        {
            return input.Contents is null
                ? InputTensor.Packed(input.Name, type, shape, packed)
                : throw Refusal.Invalid($"{input.Name} has both contents and raw_input_contents");
        }

        InferTensorContents contents = input.Contents ?? throw Refusal.Invalid($"{input.Name} has no contents");
        return type == DataType.Bytes
            ? InputTensor.OfStrings(input.Name, shape, [.. contents.BytesContents.Select(text => text.Memory)])
            : InputTensor.Numbers(input.Name, type, shape, Pack(contents, type, input.Name));
    }

    private static byte[] Pack(InferTensorContents contents, DataType type, string name) => type switch
    {
        DataType.Fp32 => Pack(contents.Fp32Contents, 4, static (value, to) => BinaryPrimitives.WriteSingleLittleEndian(to, value)),
        DataType.Fp64 => Pack(contents.Fp64Contents, 8, static (value, to) => BinaryPrimitives.WriteDoubleLittleEndian(to, value)),
        DataType.Uint8 => Pack(contents.UintContents, 1, (value, to) => to[0] = value <= byte.MaxValue ? (byte)value : throw Refusal.Invalid($"an element of {name} is no UINT8")),
        _ => throw Refusal.Invalid($"{name} is {type.Name()}; no input of this server has that type"),
    };

    private static byte[] Pack<T>(IReadOnlyList<T> values, int size, ElementWriter<T> write)
    {
        byte[] data = new byte[values.Count * size];
        for (int i = 0; i < values.Count; i++)
        {
            write(values[i], data.AsSpan(i * size, size));
        }

        return data;
    }

    private static string SequenceId(InferParameter parameter) => parameter.ParameterChoiceCase switch
    {
        InferParameter.ParameterChoiceOneofCase.StringParam => parameter.StringParam,
        InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param.ToString(CultureInfo.InvariantCulture),
        InferParameter.ParameterChoiceOneofCase.Uint64Param => parameter.Uint64Param.ToString(CultureInfo.InvariantCulture),
        _ => throw Refusal.Invalid("sequence_id must be a whole number or a string"),
    };

    private static bool Flag(ModelInferRequest message, string name) => message.Parameters.TryGetValue(name, out InferParameter? parameter)
        && (parameter.ParameterChoiceCase == InferParameter.ParameterChoiceOneofCase.BoolParam ? parameter.BoolParam : throw Refusal.Invalid($"{name} must be true or false"));

    private static long Whole(InferParameter parameter, string name) => parameter.ParameterChoiceCase switch
    {
        InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param,
        InferParameter.ParameterChoiceOneofCase.Uint64Param => (long)Math.Min(parameter.Uint64Param, long.MaxValue),
        _ => throw Refusal.Invalid($"{name} must be a whole number"),
    };

    private delegate void ElementWriter<in T>(T value, Span<byte> to);
}
