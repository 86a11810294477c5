using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Checkpoints.Pickle;
using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Tests.Checkpoints.Hostile;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>Small files that ask for much are refused before it is given, and each limit can be set.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void Names_joined_from_nested_dictionaries_have_a_budget()
    {
        string outer = new('A', 1 << 20);
        byte[] pickle = PickleBuilder.Dict(outer, p =>
        {
            p.Raw(PickleOp.EmptyDict, PickleOp.Mark);
            for (int i = 0; i < 600; i++)
            {
                p.Text($"k{i}").Raw(PickleOp.None);
            }

            p.Raw(PickleOp.SetItems);
        });
        byte[] file = ZipBuilder.Torch(pickle);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CheckpointException>(() => CheckpointSource.Open(new MemoryStream(file), "names.pth"));

        Assert.Contains("more than the limit of 1024", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("nesting", "nested more than 2 deep")]
    [InlineData("entries", "more than 3 entries")]
    [InlineData("name", "more than the limit of 4")]
    [InlineData("steps", "more than 10 steps")]
    [InlineData("header", "at most 50000 entries and 16 bytes are read")]
    [InlineData("file", "more than the limit of 64")]
    public void Every_limit_on_checkpoints_holds(string limit, string expected)
    {
        byte[] file = ZipBuilder.Torch(PickleBuilder.Dict("first", p => p
            .Raw(PickleOp.EmptyDict, PickleOp.Mark)
            .Text("a").Raw(PickleOp.EmptyDict, PickleOp.Mark).Text("x").Int(1).Text("y").Int(2).Raw(PickleOp.SetItems)
            .Text("b").Int(3).Raw(PickleOp.SetItems)));
        CheckpointLimits none = CheckpointLimits.Default;
        CheckpointLimits limits = limit switch
        {
            "nesting" => none with { Nesting = 2 },
            "entries" => none with { Entries = 3 },
            "name" => none with { NameLength = 4 },
            "steps" => none with { PickleSteps = 10 },
            "header" => none with { HeaderBytes = 16 },
            _ => none with { FileBytes = 64 },
        };
        CheckpointSource.Open(new MemoryStream(file), "sound.pth", none).Dispose();

        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => CheckpointSource.Open(new MemoryStream(file), "x.pth", limits)).Message);
    }

    [Theory]
    [InlineData("header", "larger than the limit of 8")]
    [InlineData("entries", "more than 1 entries")]
    [InlineData("name", "longer than the limit of 2")]
    [InlineData("file", "more than the limit of 9")]
    public void Every_limit_on_safetensors_holds(string limit, string expected)
    {
        var map = new TensorMap("test");
        map.Add("abc", Tensor.From(new Shape(1), 1f));
        map.Add("d", Tensor.From(new Shape(1), 1f));
        using var file = new MemoryStream();
        SafetensorsFile.Write(file, map);
        CheckpointLimits limits = limit switch
        {
            "header" => new() { HeaderBytes = 8 },
            "entries" => new() { Entries = 1 },
            "name" => new() { NameLength = 2 },
            _ => new() { FileBytes = 9 },
        };

        file.Position = 0;
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(file, "x.safetensors", limits)).Message);
    }

    [Fact]
    public void A_closed_stream_is_the_callers_mistake()
    {
        var closed = new MemoryStream([1, 2, 3]);
        closed.Dispose();

        Assert.Throws<ArgumentException>(() => SafetensorsFile.Read(closed, "closed"));
    }

    [Theory]
    [InlineData("400000000")]
    [InlineData("2147483647")]
    public void A_face_that_names_a_vertex_far_away_allocates_nothing_for_it(string corner)
    {
        ObjFile mesh = ObjFile.Read(new StringReader($"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 {corner}\n"));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("vertex", Assert.Throws<ArgumentException>(() => GraphHandTables.FromTemplate(mesh.Faces)).Message);
        Assert.Contains("vertex", Assert.Throws<ArgumentException>(() => mesh.ToMesh()).Message);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_mesh_has_a_limit_on_vertices_and_faces()
    {
        Assert.Contains("more than 2 vertices", Assert.Throws<ArgumentException>(() => ObjFile.Read(new StringReader("v 0 0 0\nv 1 0 0\nv 0 1 0\n"), 2)).Message);
        Assert.Contains("more than 2 faces", Assert.Throws<ArgumentException>(() => ObjFile.Read(new StringReader("f 1 2 3\nf 1 2 3\nf 1 2 3\n"), 1)).Message);
    }

    /// <summary>A long strip is the worst graph for Lanczos: its largest eigenvalues lie close together.</summary>
    [Fact]
    public void Tables_from_a_long_strip_are_refused_before_they_take_long()
    {
        const int vertices = 20_000;
        (double[] points, List<int> faces) = (new double[3 * vertices], []);
        for (int v = 0; v < vertices; v++)
        {
            (points[3 * v], points[(3 * v) + 1]) = (v / 2, v % 2);
            if (v + 2 < vertices)
            {
                faces.AddRange([v, v + 1, v + 2]);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        string problem = Assert.Throws<ArgumentException>(() => InceptionGraphTables.Build(new TriangleMesh(points, [.. faces]))).Message;

        Assert.Contains("long and thin", problem);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }
}
