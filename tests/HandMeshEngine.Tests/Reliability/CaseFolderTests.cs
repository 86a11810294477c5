using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Reliability;

public sealed class CaseFolderTests
{
    [Theory]
    [InlineData("x/../../elsewhere/t")]
    [InlineData("../t")]
    [InlineData("/tmp/t")]
    [InlineData("a\\b")]
    public void Metadata_of_a_case_lead_to_no_file_outside_its_folder(string seed)
    {
        string repository = CaseFolders.Repository!;
        TensorMap stored = SafetensorsFile.Read(Directory.EnumerateFiles(Path.Combine(repository, "tests", "parity", "pixelaligned"), "*.safetensors").First());
        string folder = Directory.CreateTempSubdirectory("handmesh-case-").FullName;
        try
        {
            stored.Metadata["seed"] = seed;
            string path = Path.Combine(folder, "case.safetensors");
            SafetensorsFile.Write(path, stored);

            Assert.Contains("not in its folder", Assert.Throws<CheckpointException>(() => ReferenceCase.Read(path).SharedTables()).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
