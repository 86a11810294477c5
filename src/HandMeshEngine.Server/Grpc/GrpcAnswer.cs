using System.Buffers.Binary;
using Google.Protobuf;
using HandMeshEngine.Server.Grpc.Messages;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Grpc;

/// <summary>Answers as messages. Outputs are packed.</summary>
internal static class GrpcAnswer
{
    public static ModelInferResponse Of(InferResponse response)
    {
        var message = new ModelInferResponse { ModelName = response.Model, ModelVersion = ModelSignature.Version, Id = response.Id };
        message.Parameters.Add("queue_ms", new InferParameter { DoubleParam = response.WaitedMs });
        message.Parameters.Add("run_ms", new InferParameter { DoubleParam = response.RanMs });
        foreach (OutputTensor output in response.Outputs)
        {
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = output.Name, Datatype = output.DataType.Name() };
            tensor.Shape.AddRange(output.Shape);
            message.Outputs.Add(tensor);
            message.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(output.DataType == DataType.Bytes ? Pack(output) : output.Data));
        }

        return message;
    }

    public static ModelMetadataResponse Of(ServedModel model)
    {
        var message = new ModelMetadataResponse { Name = model.Name, Platform = ModelSignature.Platform };
        message.Versions.Add(ModelSignature.Version);
        message.Inputs.AddRange(ModelSignature.Inputs.Select(Of));
        message.Outputs.AddRange(ModelSignature.Outputs.Select(Of));
        foreach ((string key, string value) in ServerFacts.Of(model))
        {
            message.Properties.Add(key, value);
        }

        return message;
    }

    private static ModelMetadataResponse.Types.TensorMetadata Of(TensorInfo info)
    {
        var tensor = new ModelMetadataResponse.Types.TensorMetadata { Name = info.Name, Datatype = info.DataType.Name() };
        tensor.Shape.AddRange(info.Shape);
        return tensor;
    }

    private static byte[] Pack(OutputTensor output)
    {
        byte[] packed = new byte[output.PackedLength];
        Span<byte> rest = packed;
        foreach (byte[] text in output.Strings)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, text.Length);
            text.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + text.Length)..];
        }

        return packed;
    }
}
