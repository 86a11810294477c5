using System.Text.RegularExpressions;

namespace HandMeshEngine.Checkpoints.Numpy;

/// <summary>Reads .npy arrays of plain numbers, format versions 1 to 3, C and Fortran order. Arrays of objects are refused.</summary>
internal static partial class NpyFile
{
    private const int LongestHeader = 64 << 10;
    private const long LargestFile = 1 << 30;

    /// <summary>Reads an array.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is damaged, or holds something other than numbers.</exception>
    public static Tensor Read(string path)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads an array from a seekable stream.</summary>
    /// <exception cref="CheckpointException">This is no array of numbers, or it is damaged.</exception>
    public static Tensor Read(Stream stream, string file)
    {
        byte[] start = Block(stream, 10, file);
        if (!start.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) || start[6] is < 1 or > 3)
        {
            throw new CheckpointException(file, "this is not a .npy file of version 1, 2 or 3", offset: 0);
        }

        // Version 1 announces the header in two bytes, later versions in four.
        long headerBytes = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian((ReadOnlySpan<byte>)[.. start.AsSpan(8, 2), .. Block(stream, 2, file)]);
        if (headerBytes > LongestHeader)
        {
            throw new CheckpointException(file, $"a header of {headerBytes} bytes is too long", offset: 8);
        }

        string header = Encoding.Latin1.GetString(Block(stream, (int)headerBytes, file));
        (NumpyElement element, bool fortran, Shape shape) = ParseHeader(header, file);
        long expected = (long)shape.Count * element.Size;
        long left = stream.Length - stream.Position;
        if (left != expected || expected > LargestFile)
        {
            throw new CheckpointException(file, $"an array {shape} takes {expected} bytes but {left} follow the header", offset: stream.Position);
        }

        try
        {
            return element.ToTensor(Block(stream, (int)expected, file), shape, fortran);
        }
        catch (OverflowException error)
        {
            throw new CheckpointException(file, "the array holds an unsigned number beyond 2^63", cause: error);
        }
    }

    private static (NumpyElement Element, bool Fortran, Shape Shape) ParseHeader(string header, string file)
    {
        Match match = HeaderPattern().Match(header);
        if (!match.Success)
        {
            throw new CheckpointException(
                file, $"the header '{CheckpointException.Printable(header.Trim())}' does not describe an array of plain numbers", offset: 10);
        }

        string code = match.Groups["descr"].Value;
        if (NumpyElement.Parse(code) is not { Type: not null } element)
        {
            throw new CheckpointException(
                file, $"the element type '{CheckpointException.Printable(code)}' is not supported; save the array as float32 or int32", offset: 10);
        }

        try
        {
            int[] extents =
            [
                .. match.Groups["shape"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                    .Select(extent => int.Parse(extent, NumberStyles.None, CultureInfo.InvariantCulture)),
            ];
            return (element, match.Groups["fortran"].Value == "True", new Shape(extents));
        }
        catch (Exception error) when (error is OverflowException or ArgumentException)
        {
            throw new CheckpointException(file, $"the shape is too large ({error.Message})", offset: 10, cause: error);
        }
    }

    private static byte[] Block(Stream stream, int bytes, string file)
    {
        if (stream.Length - stream.Position < bytes)
        {
            throw new CheckpointException(file, "the file ends too early: it is cut off", offset: stream.Length);
        }

        byte[] block = new byte[bytes];
        stream.ReadExactly(block);
        return block;
    }

    // The format fixes the keys and their alphabetic order; numpy writes exactly this.
    [GeneratedRegex(
        @"^\{\s*'descr':\s*'(?<descr>[^']{1,8})',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[\d, ]*)\),?\s*\}\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HeaderPattern();
}
