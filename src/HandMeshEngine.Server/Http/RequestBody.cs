using System.Buffers;
using System.IO.Pipelines;

namespace HandMeshEngine.Server.Http;

/// <summary>A request's body in borrowed memory, within the limits of one and of all.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstStep = 64 << 10;

    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;

    private RequestBody(BodyBudget budget) => _budget = budget;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="Refusal">It is too large, too slow, or too much is being read already.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, ServerLimits limits, BodyBudget budget)
    {
        if (context.Request.ContentLength > limits.BodyBytes)
        {
            throw TooLarge(limits);
        }

        var body = new RequestBody(budget);
        PipeReader reader = context.Request.BodyReader;
        using var patience = new Timer(_ => reader.CancelPendingRead(), null, limits.Read, Timeout.InfiniteTimeSpan);
        try
        {
            await body.FillAsync(reader, limits, context.RequestAborted).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            _budget.Give(_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    // Memory grows with what has arrived, not with what was announced.
    private async Task FillAsync(PipeReader reader, ServerLimits limits, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"the body did not arrive within {limits.Read.TotalSeconds:0.###} s"));
            }

            long length = _length + result.Buffer.Length;
            if (length > limits.BodyBytes)
            {
                throw TooLarge(limits);
            }

            while (length > _buffer.Length)
            {
                Grow(limits);
            }

            result.Buffer.CopyTo(_buffer.AsSpan(_length));
            _length = (int)length;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private void Grow(ServerLimits limits)
    {
        int wanted = (int)Math.Min(Math.Max(FirstStep, 2L * _buffer.Length), (long)limits.BodyBytes + 1);
        byte[] larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!_budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw new Refusal(Reason.Busy, "too many bytes of other requests are in memory; try again later") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        _buffer.AsSpan(0, _length).CopyTo(larger);
        Dispose();
        _buffer = larger;
    }

    private static Refusal TooLarge(ServerLimits limits) => new(Reason.TooLarge, $"a body has at most {limits.BodyBytes} bytes; send fewer images, or files instead of pixels");
}
