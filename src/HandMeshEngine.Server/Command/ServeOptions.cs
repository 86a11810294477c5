using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace HandMeshEngine.Server.Command;

/// <summary>The options of <c>handmesh serve</c>.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string[]> _system = new("--system")
    {
        Description = "A system to serve; may be repeated. Without it and --model: the default system.",
        HelpName = "ID",
    };

    private readonly Option<string[]> _model = new("--model")
    {
        Description = "Converted weights to serve, under the file's name; may be repeated.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _standIns = new("--stand-ins")
    {
        Description = "Stand-in weights of this seed for systems that ship without (meaningless meshes, for trials).",
        HelpName = "SEED",
    };

    private readonly Option<string?> _variant = new("--variant") { Description = "Variant of the systems of --system.", HelpName = "NAME" };

    private readonly Option<string> _device = new("--device")
    {
        Description = "auto, cpu, cuda, cuda:N or reference. Only auto ever falls back.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int> _threads = new("--threads") { Description = "Threads of each estimator on the CPU; 0 shares the cores.", HelpName = "N" };

    private readonly Option<int> _estimators = new("--estimators")
    {
        Description = "Predictions at once, of each model; 0 takes one for each core, or one on a GPU.",
        HelpName = "N",
    };

    private readonly Option<int> _maxHands = new("--max-hands") { Description = "Most hands found in an image.", HelpName = "N", DefaultValueFactory = _ => 2 };

    private readonly Option<string> _address = new("--address")
    {
        Description = "Where to listen. Other addresses than this machine's own need --token-file or --unsafe-open.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int> _port = new("--port") { Description = "Port of HTTP and the page; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 8000 };

    private readonly Option<int> _grpcPort = new("--grpc-port") { Description = "Port of gRPC on the same address; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 8001 };

    private readonly Option<bool> _noGrpc = new("--no-grpc") { Description = "No gRPC." };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "A file with a token a line; every request but the probes must bring one.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _unsafeOpen = new("--unsafe-open") { Description = "Listen on other addresses without tokens: everybody who reaches the port may ask." };

    private readonly Option<string[]> _cors = new("--cors") { Description = "An origin whose pages may ask, such as https://example.org; may be repeated.", HelpName = "ORIGIN" };

    private readonly Option<string[]> _host = new("--host")
    {
        Description = "A name by which clients call this server; may be repeated. On this machine's own address: localhost only.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file for Kestrel (endpoints with certificates) and logging; its endpoints replace --address and --port.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noPage = new("--no-page") { Description = "No live page at /." };

    private readonly Option<string> _logLevel = new("--log")
    {
        Description = "The least that is logged: debug, information, warning, error or none.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => "information",
    };

    private readonly Option<bool> _json = new("--log-json") { Description = "A JSON object a line of the log." };

    private readonly Option<int> _queue = new("--queue") { Description = "Most images that wait, of each model.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().Queue };

    private readonly Option<double> _deadline = new("--deadline")
    {
        Description = "Seconds that a request may wait for its turn.",
        HelpName = "S",
        DefaultValueFactory = _ => new ServerLimits().Deadline.TotalSeconds,
    };

    private readonly Option<int> _maxBatch = new("--max-batch") { Description = "Most images of a request.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().Batch };

    private readonly Option<int> _maxBody = new("--max-body") { Description = "Most MiB of a request.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().BodyBytes >> 20 };

    private readonly Option<int> _maxPixels = new("--max-pixels") { Description = "Most pixels of an image.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().Pixels };

    private readonly Option<int> _sequences = new("--sequences") { Description = "Most videos that are followed at once.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().Sequences };

    private readonly Option<int> _connections = new("--connections") { Description = "Most connections at once.", HelpName = "N", DefaultValueFactory = _ => new ServerLimits().Connections };

    private readonly Option<double> _drain = new("--drain")
    {
        Description = "Seconds that accepted requests may take to end after SIGTERM.",
        HelpName = "S",
        DefaultValueFactory = _ => new ServerLimits().Drain.TotalSeconds,
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(System.CommandLine.Command command)
    {
        foreach (Option option in new Option[]
        {
            _system, _model, _standIns, _variant, _device, _threads, _estimators, _maxHands, _address, _port, _grpcPort, _noGrpc, _tokenFile, _unsafeOpen, _cors, _host,
            _config, _noPage, _logLevel, _json, _queue, _deadline, _maxBatch, _maxBody, _maxPixels, _sequences, _connections, _drain,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <exception cref="ArgumentException">A value makes no sense, or the server would be open to strangers.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ServeSettings Read(ParseResult parsed)
    {
        IPAddress address = IPAddress.TryParse(parsed.GetValue(_address), out IPAddress? ip)
            ? ip
            : throw new ArgumentException($"--address {parsed.GetValue(_address)} is no address; give 127.0.0.1, ::1, 0.0.0.0 or the one of an interface");
        var settings = new ServeSettings
        {
            Address = address,
            Port = RequirePort("--port", parsed.GetValue(_port)),
            GrpcPort = parsed.GetValue(_noGrpc) ? null : RequirePort("--grpc-port", parsed.GetValue(_grpcPort)),
            Config = parsed.GetValue(_config) is { } config ? Path.GetFullPath(config) : null,
            IsUnsafeOpen = parsed.GetValue(_unsafeOpen),
            LogsJson = parsed.GetValue(_json),
            LogLevel = Enum.TryParse(parsed.GetValue(_logLevel), ignoreCase: true, out LogLevel level) && !char.IsAsciiDigit(parsed.GetValue(_logLevel)![0])
                ? level.ToString()
                : throw new ArgumentException($"--log {parsed.GetValue(_logLevel)} is none of {string.Join(", ", Enum.GetNames<LogLevel>())}"),
            Server = new HandMeshServerOptions
            {
                HasPage = !parsed.GetValue(_noPage),
                Limits = new ServerLimits
                {
                    Queue = parsed.GetValue(_queue),
                    Deadline = Seconds("--deadline", parsed.GetValue(_deadline)),
                    Batch = parsed.GetValue(_maxBatch),
                    BodyBytes = parsed.GetValue(_maxBody) is >= 1 and <= 1024 and var megabytes ? megabytes << 20 : throw new ArgumentException($"--max-body {parsed.GetValue(_maxBody)} must be 1 to 1024 (MiB)"),
                    BodyBytesInFlight = Math.Max(new ServerLimits().BodyBytesInFlight, 4L * parsed.GetValue(_maxBody) << 20),
                    Pixels = parsed.GetValue(_maxPixels),
                    Sequences = parsed.GetValue(_sequences),
                    Connections = parsed.GetValue(_connections),
                    Drain = Seconds("--drain", parsed.GetValue(_drain)),
                }.Validated(),
            },
        };
        AddAll(settings.Server.Models, ModelList.Read(
            parsed.GetValue(_system) ?? [], parsed.GetValue(_model) ?? [], parsed.GetValue(_standIns), parsed.GetValue(_estimators),
            new EstimatorOptions
            {
                Variant = parsed.GetValue(_variant),
                Device = parsed.GetValue(_device)!,
                Threads = parsed.GetValue(_threads),
                MaxHands = parsed.GetValue(_maxHands),
            }));
        AddAll(settings.Server.AllowedOrigins, (parsed.GetValue(_cors) ?? []).Select(Origin));
        AddAll(settings.Server.AllowedHosts, parsed.GetValue(_host) ?? []);
        AddAll(settings.Server.Tokens, parsed.GetValue(_tokenFile) is { } file ? TokenFile.Read(file) : []);
        return settings;
    }

    private static int RequirePort(string option, int port) => port is >= 0 and <= ushort.MaxValue
        ? port
        : throw new ArgumentException($"{option} {port} must be 0 to 65535");

    private static TimeSpan Seconds(string option, double seconds) => seconds is > 0 and <= 3600
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentException(FormattableString.Invariant($"{option} {seconds} must be above 0 and at most 3600 (seconds)"));

    private static string Origin(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
        ? uri.GetLeftPart(UriPartial.Authority)
        : throw new ArgumentException($"--cors {origin} is no origin; give a scheme and a host, such as https://example.org");

    private static void AddAll<T>(IList<T> list, IEnumerable<T> values)
    {
        foreach (T value in values)
        {
            list.Add(value);
        }
    }
}
