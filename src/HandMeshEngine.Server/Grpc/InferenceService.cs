using Grpc.Core;
using HandMeshEngine.Server.Grpc.Messages;
using HandMeshEngine.Server.Models;

namespace HandMeshEngine.Server.Grpc;

/// <summary>The Open Inference Protocol over gRPC (docs/serve.md 4).</summary>
internal sealed class InferenceService(ModelHost host, Inference inference) : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = host.IsLive });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = host.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse { Ready = host.Find(request.Name, request.Version).State == ModelState.Ready && !host.IsDraining });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
    {
        var message = new ServerMetadataResponse { Name = ServerFacts.Name, Version = ServerFacts.Version };
        message.Extensions.AddRange(ServerFacts.Extensions);
        return Task.FromResult(message);
    }

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(GrpcAnswer.Of(host.Find(request.Name, request.Version)));

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        inference.RequireOpen();
        ServedModel model = host.Find(request.ModelName, request.ModelVersion);
        return GrpcAnswer.Of(await inference.RunAsync(model, GrpcRequestReader.Read(request), context.CancellationToken).ConfigureAwait(false));
    }

    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context)
    {
        var message = new RepositoryIndexResponse();
        message.Models.AddRange(host.Models.Where(model => !request.Ready || model.State == ModelState.Ready).Select(model => new RepositoryIndexResponse.Types.ModelIndex
        {
            Name = model.Name,
            Version = ModelSignature.Version,
            State = model.State.ToString().ToUpperInvariant(),
            Reason = model.StateReason,
        }));
        return Task.FromResult(message);
    }
}
