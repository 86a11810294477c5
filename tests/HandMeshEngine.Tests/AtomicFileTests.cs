using HandMeshEngine.Tests.Export;

namespace HandMeshEngine.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "a longer text");
        AtomicFile.Write(folder.File("a"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "old");

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write("half"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("b"));

        Assert.Contains("b: the file cannot be written (it is a folder)", Failure(folder.File("b")).Message);
        Assert.Contains("there is no folder ", Failure(folder.File("none/a")).Message);
        Assert.Throws<ArgumentException>(() => AtomicFile.Write("", _ => { }));
    }

    private static IOException Failure(string path) => Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { }));
}
