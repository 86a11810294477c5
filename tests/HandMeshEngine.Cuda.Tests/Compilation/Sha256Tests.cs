using System.Security.Cryptography;

namespace HandMeshEngine.Cuda.Tests.Compilation;

/// <summary>The digest that needs no library of the system, beside the one that does.</summary>
public sealed class Sha256Tests
{
    [Fact]
    public void The_example_of_the_standard_has_its_digest() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Convert.ToHexStringLower(Sha256.Of("abc")));

    [Fact]
    public void Every_length_around_a_block_has_the_digest_of_the_system()
    {
        byte[] data = new byte[300];
        new Random(5).NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), Sha256.Of(data.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    public void Pieces_have_the_digest_of_the_whole(int piece)
    {
        byte[] data = new byte[1000];
        new Random(piece).NextBytes(data);
        var hash = new Sha256();
        foreach (byte[] part in data.Chunk(piece))
        {
            hash.Append(part);
        }

        Assert.Equal(SHA256.HashData(data), hash.Finish());
    }

    [Fact]
    public void The_cuda_backend_uses_no_cryptography_of_the_system()
    {
        foreach (string folder in new[] { "src/HandMeshEngine.Cuda", "src/HandMeshEngine.Compute" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            {
                Assert.False(
                    File.ReadAllText(file).Contains("System.Security.Cryptography", StringComparison.Ordinal),
                    $"{file}: without OpenSSL the process would end there; use Sha256");
            }
        }
    }
}
