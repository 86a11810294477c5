using HandMeshEngine.Conversion;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Meshes;

public sealed class RenumberedMeshTests
{
    [Theory]
    [InlineData(1, "d8fd0d58c2b35e72191bcdfe8c3af2c2cbc92e889b0a620ee9aa0fe7aba3b050", 657.1723631012283)]
    [InlineData(2, "6254ac7243757ad858aae298aac37918daee91f8b8e2422df03e2c35fb4757b1", 109.53364350566699)]
    public void Tables_of_a_renumbered_mesh_are_those_of_the_python_builder(int seed, string fingerprint, double checksum)
    {
        TriangleMesh mesh = Renumbering.Apply(SyntheticHand.Mesh(), seed);
        var integers = new List<int>(MeshEdges.All(mesh.Faces));
        double sum = Checksum(SyntheticHand.JointRegressor(mesh).ToDense());
        foreach (MeshLevel level in MeshHierarchy.Build(mesh, 4))
        {
            integers.AddRange(level.Mesh.Faces);
            integers.AddRange(Spirals.Build(level.Mesh, 9, SpiralOrder.SmallestFirst));
            integers.AddRange(Spirals.Build(level.Mesh, 12, SpiralOrder.SmallestFirst, dilation: 2));
            if (level.Up is { } up)
            {
                integers.AddRange(level.Kept);
                sum += AddRows(integers, up);
            }
        }

        Coarsening tree = InceptionGraphTables.Tree(mesh);
        integers.AddRange(tree.Order[0]);
        foreach (SparseMatrix weights in tree.Adjacency)
        {
            sum += AddRows(integers, InceptionGraphTables.ScaledLaplacian(weights).Scaled);
        }

        Assert.Equal(fingerprint, ReleasedTables.Fingerprint([.. integers]));
        Assert.Equal(checksum, sum, 2e-3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_level_of_a_renumbered_mesh_is_sound(int seed)
    {
        TriangleMesh mesh = Renumbering.Apply(SyntheticHand.Mesh(), seed);
        MeshLevel[] levels = MeshHierarchy.Build(mesh, 4);
        Assert.Equal([778, 389, 195, 98, 49], levels.Select(level => level.Mesh.VertexCount));
        foreach (MeshLevel level in levels)
        {
            Assert.Equal(1, EulerCharacteristic(level.Mesh)); // a disc: the hand is closed but for the wrist
            foreach (SpiralOrder order in Enum.GetValues<SpiralOrder>())
            {
                CheckSpirals(level.Mesh, order);
            }

            if (level.Up is { } up)
            {
                Assert.All(up.RowSums(), sum => Assert.Equal(1, sum, 1e-12));
                Assert.All(Enumerable.Range(0, level.Kept.Length), v => Assert.Equal(1, up.At(level.Kept[v], v), 1e-9));
            }
        }
    }

    [Fact]
    public void Renumbering_moves_but_does_not_change_the_finest_laplacian_and_the_joints()
    {
        TriangleMesh mesh = SyntheticHand.Mesh();
        TriangleMesh renumbered = Renumbering.Apply(mesh, 6);
        Assert.Equal(
            InceptionGraphTables.ScaledLaplacian(InceptionGraphTables.Tree(mesh).Adjacency[0]).LargestEigenvalue,
            InceptionGraphTables.ScaledLaplacian(InceptionGraphTables.Tree(renumbered).Adjacency[0]).LargestEigenvalue,
            1e-11);
        double[] joints = Joints(mesh);
        Assert.All(Joints(renumbered).Zip(joints), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void A_second_build_gives_the_same_bytes()
    {
        foreach (string system in (string[])["handdgp", "mobrecon", "graphhand", "handar", "inceptiongraph", "pixelaligned"])
        {
            TensorMap first = Named.Network(system).SyntheticTables();
            TensorMap second = Named.Network(system).SyntheticTables();
            Assert.Equal(first.Names, second.Names);
            Assert.All(first.Names, name => Assert.True(first[name].Bytes.SequenceEqual(second[name].Bytes), name));
        }
    }

    private static double[] Joints(TriangleMesh mesh)
    {
        SparseMatrix regressor = SyntheticHand.JointRegressor(mesh);
        var x = new double[mesh.VertexCount];
        var joints = new double[regressor.Rows];
        for (int v = 0; v < x.Length; v++)
        {
            x[v] = mesh.Vertex(v).X;
        }

        regressor.Multiply(x, joints);
        return joints;
    }

    private static int EulerCharacteristic(TriangleMesh mesh) =>
        mesh.VertexCount - (MeshEdges.All(mesh.Faces).Length / 2) + mesh.FaceCount;

    private static void CheckSpirals(TriangleMesh mesh, SpiralOrder order)
    {
        const int length = 9;
        int[] spirals = Spirals.Build(mesh, length, order);
        SparseMatrix adjacency = MeshEdges.Adjacency(mesh.Faces, mesh.VertexCount);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            int[] spiral = spirals[(v * length)..((v + 1) * length)];
            Assert.Equal(v, spiral[0]);
            Assert.Equal(length, spiral.Distinct().Count());
            int[] ring = adjacency.ColumnsOf(v).ToArray();
            int shown = Math.Min(ring.Length, length - 1);
            Assert.All(spiral[1..(1 + shown)], neighbour => Assert.Contains(neighbour, ring));
        }
    }

    private static double AddRows(List<int> integers, SparseMatrix matrix)
    {
        (Tensor index, Tensor value) = matrix.ToPaddedRows();
        integers.AddRange(TableAssert.ToInts(index));
        return Checksum(value);
    }

    private static double Checksum(Tensor tensor) => Enumerable.Range(0, tensor.Shape.Count).Sum(i => tensor[i] * (1 + (i % 97)));
}
