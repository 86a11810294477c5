using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace HandMeshEngine.ServerLoad;

/// <summary>One kind of request, sent again and again: a packed photo, packed vertices back.</summary>
internal sealed class InferCall
{
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly byte[] _body;
    private readonly int _head;

    public InferCall(Uri server, string model, byte[] photo)
    {
        if (!server.IsLoopback)
        {
            throw new ArgumentException($"{server} is not this machine; this program loads servers of its own machine only");
        }

        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(60) };
        _address = new Uri(server, $"/v2/models/{model}/infer");
        string json = $$$"""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"parameters":{"binary_data_size":{{{photo.Length + 4}}} } }],"outputs":[{"name":"HANDS"},{"name":"JOINTS"},{"name":"VERTICES"}],"parameters":{"binary_data_output":true}}""";
        byte[] head = Encoding.UTF8.GetBytes(json);
        _head = head.Length;
        _body = [.. head, .. BitConverter.GetBytes(photo.Length), .. photo];
    }

    /// <summary>Bytes of a request, of which the first <see cref="Head"/> are JSON.</summary>
    public byte[] Body => _body;

    public int Head => _head;

    /// <summary>Sends it.</summary>
    public Task<Sample> SendAsync(CancellationToken cancellation) => SendAsync(_body, _head, Stopwatch.GetTimestamp(), cancellation);

    /// <summary>Sends a body, whose time counts from when it should have been sent.</summary>
    public async Task<Sample> SendAsync(byte[] body, int head, long due, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Inference-Header-Content-Length", head.ToString(CultureInfo.InvariantCulture));
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
            byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            double ran = 0;
            if (response.StatusCode == HttpStatusCode.OK)
            {
                int length = int.Parse(response.Headers.TryGetValues("Inference-Header-Content-Length", out IEnumerable<string>? values) ? values.First() : $"{answer.Length}", CultureInfo.InvariantCulture);
                using var json = JsonDocument.Parse(answer.AsMemory(0, length));
                ran = json.RootElement.GetProperty("parameters").GetProperty("run_ms").GetDouble();
            }

            return new Sample(Stopwatch.GetElapsedTime(due).TotalMilliseconds, ran, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return new Sample(Stopwatch.GetElapsedTime(due).TotalMilliseconds, 0, "broken");
        }
    }
}

/// <summary>One answer.</summary>
/// <param name="Milliseconds">From when it was due to its end.</param>
/// <param name="RanMs">What the server says that it computed.</param>
/// <param name="Status">HTTP status, or <c>broken</c>.</param>
internal sealed record Sample(double Milliseconds, double RanMs, string Status);
