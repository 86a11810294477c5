using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

public sealed class MachineCodePageTests
{
    [Fact]
    public void The_page_shows_the_bytes_that_are_written()
    {
        var code = new Assembler();
        var tile = new ProductTile(Arithmetic.BFloat16, Pixels: 2, Vectors: 2, Lanes: 16, new TileSegments([0]), Length: 2) { HasLow = true };
        ProductTileWriter.Write(code, tile, isWindows: false);
        byte[] bytes = code.ToArray();
        string[] lines =
        [
            .. Decoded.Instructions(bytes).Zip(Decoded.Lines(bytes), (instruction, line) =>
                $"{instruction.IP,3}  {Convert.ToHexString(bytes, (int)instruction.IP, instruction.Length).ToLowerInvariant(),-22}  {line}"),
        ];
        string page = File.ReadAllText(Path.Combine(CaseFolders.Repository!, "docs", "machine-code.md")).ReplaceLineEndings("\n");
        Assert.True(page.Contains(string.Join('\n', lines)), "docs/machine-code.md should show\n" + string.Join('\n', lines));
    }
}
