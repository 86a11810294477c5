using HandMeshEngine.Server.Scheduling;
using HandMeshEngine.Server.Telemetry;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Models;

/// <summary>From a request to an answer, whichever way they travel.</summary>
internal sealed class Inference(ModelHost host, HandMeshServerOptions options, ServerMetrics metrics)
{
    /// <summary>Turns a request away before its body is read, where that is known already.</summary>
    /// <exception cref="Refusal">The server stops.</exception>
    public void RequireOpen()
    {
        if (host.IsDraining)
        {
            throw new Refusal(Reason.Unavailable, "the server is shutting down; send the request to another one") { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }

    /// <exception cref="Refusal">The request is refused.</exception>
    public async Task<InferResponse> RunAsync(ServedModel model, InferRequest request, CancellationToken cancellation)
    {
        RequireOpen();
        AnswerWriter.Check(request.Outputs);
        Picture[] pictures = PictureReader.Read(request, options.Limits);
        Tracking? tracking = null;
        if (request.SequenceId is { } sequence)
        {
            if (pictures.Length != 1)
            {
                throw Refusal.Invalid($"a request of a sequence has one image, the next frame; this one has {pictures.Length}");
            }

            tracking = model.EnterSequence(sequence, request.SequenceStart);
        }
        else if (request.SequenceStart || request.SequenceEnd)
        {
            throw Refusal.Invalid("sequence_start and sequence_end need a sequence_id other than 0 and \"\"");
        }

        try
        {
            TimeSpan deadline = request.Timeout is { } asked && asked < options.Limits.Deadline ? asked : options.Limits.Deadline;
            PictureAnswer[] answers = await model.PredictAsync(pictures, tracking, deadline, cancellation).ConfigureAwait(false);
            foreach (PictureAnswer answer in answers)
            {
                metrics.Predicted(model.Name, answer.Waited, answer.Ran);
            }

            return new InferResponse(
                model.Name, request.Id, AnswerWriter.Write(answers, request.Outputs),
                answers.Max(answer => answer.Waited.TotalMilliseconds), answers.Sum(answer => answer.Ran.TotalMilliseconds));
        }
        finally
        {
            if (request is { SequenceEnd: true, SequenceId: { } ended })
            {
                model.LeaveSequence(ended);
            }
        }
    }
}
