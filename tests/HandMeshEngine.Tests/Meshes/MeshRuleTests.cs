using HandMeshEngine.Systems.HandAr;

namespace HandMeshEngine.Tests.Meshes;

public sealed class MeshRuleTests
{
    [Fact]
    public void A_face_that_names_a_missing_vertex_is_refused() =>
        Refused(() => new TriangleMesh(new double[9], [0, 1, 3]), "face 0 uses vertex 3");

    [Fact]
    public void A_face_with_equal_corners_is_refused() =>
        Refused(() => new TriangleMesh(new double[9], [0, 1, 1]), "three different vertices");

    [Fact]
    public void A_vertex_that_is_not_finite_is_refused() =>
        Refused(() => new TriangleMesh([0, 0, 0, 0, double.NaN, 0, 1, 1, 1], [0, 1, 2]), "vertex 1");

    [Fact]
    public void An_edge_that_runs_the_same_way_in_two_faces_is_refused() =>
        Refused(() => Rings([0, 1, 2, 0, 1, 3], 4), "runs the same way in two faces");

    [Theory]
    [InlineData(new[] { 0, 1, 2, 0, 3, 4 })] // two open fans
    [InlineData(new[] { 0, 1, 2, 0, 2, 3, 0, 3, 1, 0, 4, 5, 0, 5, 6, 0, 6, 4 })] // two closed fans
    [InlineData(new[] { 0, 1, 2, 0, 2, 3, 0, 3, 1, 0, 4, 5 })] // a closed and an open one
    public void A_vertex_that_joins_two_fans_is_refused(int[] faces) => Refused(() => Rings(faces, 7), "vertex 0 joins two separate fans");

    [Fact]
    public void A_spiral_longer_than_the_mesh_is_refused() =>
        Refused(() => Spirals.Build(Tetrahedron(), 3, SpiralOrder.OpenMesh, dilation: 2), "does not fit a mesh of 4 vertices");

    [Fact]
    public void A_closed_surface_of_four_vertices_cannot_be_decimated() =>
        Refused(() => Decimation.Collapse(Tetrahedron(), 3), "cannot be decimated to 3 vertices");

    [Fact]
    public void Shared_edges_count_once_and_rim_edges_are_those_of_one_face()
    {
        int[] faces = [0, 1, 2, 2, 1, 3];
        Assert.Equal([0, 1, 0, 2, 1, 2, 1, 3, 2, 3], MeshEdges.All(faces));
        Assert.Equal([0, 1, 0, 2, 1, 3, 2, 3], MeshEdges.Boundary(faces));
        Assert.Equal(10, MeshEdges.Adjacency(faces, 4).Values.Length);
    }

    [Fact]
    public void The_synthetic_hand_has_the_counts_of_its_specification()
    {
        TriangleMesh mesh = SyntheticHand.Mesh();
        Assert.Equal((778, 1538), (mesh.VertexCount, mesh.FaceCount));
        Assert.Equal((2315, 16), (MeshEdges.All(mesh.Faces).Length / 2, MeshEdges.Boundary(mesh.Faces).Length / 2));
    }

    [Theory]
    [InlineData("v 0 0 zero\n", "line 1: a coordinate is not a number")]
    [InlineData("v 0 0\n", "line 1: a vertex needs x, y and z")]
    [InlineData("v 0 0 0\nf 1 2 3 4\n", "line 2: a face needs exactly 3 corners")]
    [InlineData("f 1 2 -1\n", "line 1: a face corner is not a positive vertex number")]
    public void A_bad_obj_line_is_refused_with_its_number(string text, string problem) =>
        Refused(() => ObjFile.Read(new StringReader(text)), problem);

    [Fact]
    public void An_obj_face_counts_from_one_and_may_carry_texture_and_normal()
    {
        ObjFile file = ObjFile.Read(new StringReader("# c\nvt 0 0\nv 1 2 3 # x\n\nf 1/2/3 2//3 3\r\n"));
        Assert.Equal([1, 2, 3], file.Vertices);
        Assert.Equal([0, 1, 2], file.Faces);
    }

    [Fact]
    public void The_largest_eigenvalue_of_a_complete_graph_is_known()
    {
        // The normalised Laplacian of the complete graph on n nodes has the eigenvalues 0 and n / (n - 1): Lanczos ends early.
        int[] faces = [0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0];
        SparseMatrix laplacian = Laplacian.Normalised(MeshEdges.Adjacency(faces, 4));
        Assert.Equal(4.0 / 3, Laplacian.LargestEigenvalue(laplacian), 1e-13);
    }

    [Fact]
    public void The_largest_eigenvalue_is_found_among_disconnected_parts()
    {
        // A ring of 4 (largest eigenvalue 2) beside a triangle (3/2) and a lone node (1).
        var weights = new SparseMatrix.Builder(8, 8);
        foreach ((int a, int b) in ((int, int)[])[(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 4)])
        {
            weights.Add(a, b, 1);
            weights.Add(b, a, 1);
        }

        Assert.Equal(2, Laplacian.LargestEigenvalue(Laplacian.Normalised(weights.Build())), 1e-13);
    }

    [Fact]
    public void Handar_joints_take_fingertip_vertices_in_engine_order()
    {
        var mano = new Tensor(DType.Float32, new Shape(16, 778));
        for (int row = 0; row < 16; row++)
        {
            mano.Span<float>()[row * 778] = row + 1;
        }

        Tensor regressor = JointRegressors.FromMano(mano);
        Assert.Equal([21, 778], regressor.Shape.Extents.ToArray());
        Assert.Equal([1, 14, 15, 16, 0], Enumerable.Range(0, 5).Select(joint => regressor[joint * 778]));
        int[] tips = [745, 317, 445, 556, 673];
        Assert.All(Enumerable.Range(0, 5), finger => Assert.Equal(1, regressor[((4 + (4 * finger)) * 778) + tips[finger]]));
    }

    [Fact]
    public void Padded_rows_add_up_a_column_named_twice()
    {
        Tensor index = TableAssert.Ints([2, 0, 2], 1, 3);
        Tensor value = Tensor.From(new Shape(1, 3), 0.5f, 0f, 0.25f);
        SparseMatrix matrix = SparseMatrix.FromPaddedRows(index, value, 3);
        Assert.Equal((0.75, 2), (matrix.At(0, 2), matrix.Values.Length));
        Refused(() => SparseMatrix.FromPaddedRows(index, value, 2), "names column 2");
    }

    private static TriangleMesh Tetrahedron() =>
        new([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2]);

    private static void Rings(int[] faces, int vertexCount) => VertexRings.Build(faces, vertexCount, SpiralOrder.OpenMesh);

    private static void Refused(Action action, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
