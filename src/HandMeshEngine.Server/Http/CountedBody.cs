using Grpc.Core;

namespace HandMeshEngine.Server.Http;

/// <summary>A body that gRPC reads: what it has read counts against the memory of all bodies until the request ends.</summary>
internal sealed class CountedBody(Stream body, BodyBudget budget) : Stream
{
    private long _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (!budget.TryTake(read))
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "too many bytes of other requests are in memory; try again later"), [new Metadata.Entry("retry-after", "1")]);
        }

        _taken += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        budget.Give(Interlocked.Exchange(ref _taken, 0));
        base.Dispose(disposing);
    }
}
