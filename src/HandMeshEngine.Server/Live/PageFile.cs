using System.Security.Cryptography;

namespace HandMeshEngine.Server.Live;

/// <summary>A file of the page, which lies in the program.</summary>
internal sealed record PageFile(string Path, string Type, byte[] Bytes)
{
    /// <summary>Changes with the bytes.</summary>
    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 8))}\"";

    public static IReadOnlyList<PageFile> All { get; } =
    [
        Read("/", "index.html", "text/html; charset=utf-8"),
        Read("/page.css", "page.css", "text/css; charset=utf-8"),
        Read("/page.js", "page.js", "text/javascript; charset=utf-8"),
        Read("/scene.js", "scene.js", "text/javascript; charset=utf-8"),
        Read("/favicon.svg", "favicon.svg", "image/svg+xml"),
    ];

    private static PageFile Read(string path, string name, string type)
    {
        using Stream stream = typeof(PageFile).Assembly.GetManifestResourceStream("page/" + name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(path, type, bytes);
    }
}
