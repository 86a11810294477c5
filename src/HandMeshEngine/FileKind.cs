namespace HandMeshEngine;

/// <summary>What a file is by its first bytes, where that is none of the kinds that are read here, and what to do with it.</summary>
/// <param name="Name">With its article: "a HEIC picture".</param>
/// <param name="Cure">What to do, as a request: "save it as JPEG or PNG".</param>
/// <param name="IsVideo">Moving pictures, which ffmpeg may read.</param>
public sealed record FileKind(string Name, string Cure, bool IsVideo = false)
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int StartLength = 560;

    private const string Convert = "save it as JPEG or PNG";
    private const string Develop = "develop it to JPEG or PNG";
    private const string Unpack = "unpack it and give the files in it";
    private const string GetFile = "get the file itself: a link to a page is not the file";
    private const string Moving = "give it to handmesh predict, which reads videos through ffmpeg, or save its frames as pictures";

    // A type box of ISO media names its brand; "mif1" and "msf1" are shared by HEIC and AVIF, whose own brand then follows.
    private const int Brand = 8;
    private const int CompatibleBrands = 16;
    private const int TransportPacket = 188;

    /// <summary>The kind of a file, or null if it is none that is known here (pictures and checkpoints that are read included).</summary>
    /// <param name="start">The first <see cref="StartLength"/> bytes, or as many as there are.</param>
    public static FileKind? Of(ReadOnlySpan<byte> start) =>
        start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8) ? IsoMedia(start)
        : OfSignature(start) ?? (start.Length > 0 ? OfText(start) : null);

    private static FileKind IsoMedia(ReadOnlySpan<byte> start)
    {
        int end = Math.Min(start.Length, BinaryPrimitives.ReadInt32BigEndian(start) is > 0 and var length ? length : start.Length);
        ReadOnlySpan<byte> brand = start.Slice(Brand, 4);
        ReadOnlySpan<byte> others = end > CompatibleBrands ? start[CompatibleBrands..end] : default;
        bool isStill = brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        if (brand.StartsWith("avi"u8) || (isStill && others.IndexOf("avif"u8) >= 0))
        {
            return new FileKind("an AVIF picture", Convert);
        }

        return isStill || brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) ? new FileKind("a HEIC picture", Convert)
            : brand.StartsWith("crx"u8) ? new FileKind("a raw photo (Canon CR3)", Develop)
            : brand.StartsWith("jp"u8) ? new FileKind("a JPEG 2000 picture", Convert)
            : brand.StartsWith("M4A"u8) ? new FileKind("a sound file (M4A)", "give a picture")
            : new FileKind(brand.StartsWith("qt"u8) ? "a video (QuickTime)" : "a video (MP4)", Moving, IsVideo: true);
    }

    private static FileKind? OfSignature(ReadOnlySpan<byte> start) => start switch
    {
        [0x1a, 0x45, 0xdf, 0xa3, ..] => new("a video (Matroska or WebM)", Moving, true),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'A', (byte)'V', (byte)'I', (byte)' ', ..] => new("a video (AVI)", Moving, true),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => new("a sound file (WAV)", "give a picture"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => new("a WebP picture", Convert),
        [_, _, _, _, (byte)'m' or (byte)'w', (byte)'o' or (byte)'i', (byte)'o' or (byte)'d', (byte)'v' or (byte)'e', ..] => new("a video (QuickTime)", Moving, true),
        [0, 0, 1, 0xba or 0xb3, ..] => new("a video (MPEG)", Moving, true),
        [(byte)'F', (byte)'L', (byte)'V', 1, ..] => new("a video (FLV)", Moving, true),
        [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, ..] => new("a video (WMV)", Moving, true),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => new("a video (Ogg)", Moving, true),
        [(byte)'D', (byte)'K', (byte)'I', (byte)'F', ..] => new("a video (IVF)", Moving, true),
        [(byte)'Y', (byte)'U', (byte)'V', (byte)'4', (byte)'M', (byte)'P', (byte)'E', (byte)'G', (byte)'2', ..] => new("a video (yuv4mpeg)", Moving, true),
        [0x47, ..] when start.Length > TransportPacket && start[TransportPacket] == 0x47 => new("a video (MPEG transport stream)", Moving, true),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => new("a GIF picture", Convert),
        [0xff, 0x0a, ..] or [0, 0, 0, 0x0c, (byte)'J', (byte)'X', (byte)'L', ..] => new("a JPEG XL picture", Convert),
        [0, 0, 0, 0x0c, (byte)'j', (byte)'P', ..] or [0xff, 0x4f, 0xff, 0x51, ..] => new("a JPEG 2000 picture", Convert),
        [0x76, 0x2f, 0x31, 0x01, ..] => new("an OpenEXR picture", Convert),
        [(byte)'#', (byte)'?', (byte)'R', ..] => new("a Radiance HDR picture", Convert),
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => new("a Photoshop document", Convert),
        [(byte)'q', (byte)'o', (byte)'i', (byte)'f', ..] => new("a QOI picture", Convert),
        [(byte)'D', (byte)'D', (byte)'S', (byte)' ', ..] => new("a DDS texture", Convert),
        [0, 0, 1, 0, >= 1, 0, ..] => new("an icon (ICO)", Convert),
        [(byte)'F', (byte)'U', (byte)'J', (byte)'I', ..] => new("a raw photo (Fujifilm RAF)", Develop),
        [(byte)'I', (byte)'I', (byte)'R', (byte)'O' or (byte)'S', ..] => new("a raw photo (Olympus ORF)", Develop),
        [(byte)'I', (byte)'I', (byte)'U', 0, ..] => new("a raw photo (Panasonic RW2)", Develop),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => new("a PDF document", "save the picture in it as JPEG or PNG"),
        [(byte)'%', (byte)'!', (byte)'P', (byte)'S', ..] => new("a PostScript document", Convert),
        [(byte)'P', (byte)'K', 3, 4, ..] => new("a ZIP archive", Unpack),
        [0x1f, 0x8b, ..] => new("a gzip archive", Unpack),
        [(byte)'B', (byte)'Z', (byte)'h', ..] => new("a bzip2 archive", Unpack),
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => new("an xz archive", Unpack),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => new("a Zstandard archive", Unpack),
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => new("a 7-Zip archive", Unpack),
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => new("a RAR archive", Unpack),
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => new("an HDF5 file", "export what is in it: pictures as PNG, weights with torch.save or safetensors"),
        [(byte)'M', (byte)'A', (byte)'T', (byte)'L', (byte)'A', (byte)'B', ..] => new("a MATLAB file", "export what is in it: pictures as PNG, tables as .npy"),
        [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => new("a GGUF file", "give the authors' checkpoint (.pth, .ckpt or .safetensors)"),
        [0, 5, 0x16, 7, ..] => new("a macOS resource file", "give the file without \"._\" before its name"),
        [(byte)'b', (byte)'p', (byte)'l', (byte)'i', (byte)'s', (byte)'t', ..] => new("a property list (perhaps a file that is still in iCloud)", "download the file itself"),
        [(byte)'L', 0, 0, 0, 1, 0x14, 2, 0, ..] => new("a Windows shortcut", "give the file that it leads to"),
        [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] or [(byte)'M', (byte)'Z', ..] => new("a program", "give a file of data"),
        _ => start.Length >= 16 && !start.ContainsAnyExcept((byte)0) ? new("a file of zeros, as a download leaves that was cut off", "get the file again")
            : start.Length >= 132 && start[128..132].SequenceEqual("DICM"u8) ? new("a DICOM picture", Convert)
            : null,
    };

    private static FileKind? OfText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            start = start[3..];
        }

        int first = start.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0 || start.IndexOf((byte)0) >= 0)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(start[first..]);
        bool Begins(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        bool Holds(string what) => text.Contains(what, StringComparison.OrdinalIgnoreCase);
        return Begins("version https://git-lfs.github.com/spec/") || Begins("version https://hawser.github.com/spec/")
                ? new FileKind("a Git LFS pointer, not the file", "run git lfs pull where it comes from")
            : Begins("/annex/objects/") || Begins("../.git/annex/") ? new FileKind("a git-annex pointer, not the file", "run git annex get where it comes from")
            : Begins("<svg") || (Begins("<?xml") && Holds("<svg")) ? new FileKind("an SVG drawing", Convert)
            : Begins("<!doctype html") || Begins("<html") || Begins("<head") || (Begins("<") && Holds("<html"))
                ? new FileKind("a web page, as a download leaves that asked for a login or met an error", GetFile)
            : Begins("<?xml") || Begins("<Error>") ? new FileKind(Holds("<Error>") ? "an error message of a server (XML)" : "an XML file", GetFile)
            : Begins("{") && (Holds("\"error\"") || Holds("\"message\"")) ? new FileKind("an error message of a server (JSON)", GetFile)
            : Begins("404") || Begins("Not Found") || Begins("Entry not found") || Begins("Access denied") || Begins("Invalid username")
                ? new FileKind("an error message of a server", GetFile)
            : null;
    }
}
