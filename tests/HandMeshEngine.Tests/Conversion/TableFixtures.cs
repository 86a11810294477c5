using System.Globalization;
using System.Runtime.InteropServices;
using HandMeshEngine.Checkpoints.Pickle;
using HandMeshEngine.Tests.Checkpoints.Hostile;

namespace HandMeshEngine.Tests.Conversion;

/// <summary>Table files as the authors publish them, filled with the synthetic hand; deleted with the folder.</summary>
internal sealed class TableFixtures : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("handmesh").FullName;

    /// <summary>A path in the folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>transform.pkl: vertices, faces and dense up-sampling matrices of these levels.</summary>
    public string Transform(IReadOnlyList<MeshLevel> levels)
    {
        PickleBuilder p = new PickleBuilder().Raw(PickleOp.EmptyDict);
        Entry(p, "vertices", levels.Select(level => Tensor.From(new Shape(level.Mesh.VertexCount, 3), level.Mesh.Vertices)));
        Entry(p, "face", levels.Select(level => Tensor.From(new Shape(level.Mesh.FaceCount, 3), level.Mesh.Faces)));
        Entry(p, "up_transform", levels.Where(level => level.Up is not null).Select(level => level.Up!.ToDense()));
        return Write("transform.pkl", p.Stop());
    }

    /// <summary>MANO_RIGHT.pkl: faces and regressor.</summary>
    public string Mano(Tensor faces, Tensor regressor)
    {
        PickleBuilder p = new PickleBuilder().Raw(PickleOp.EmptyDict).Text("f");
        Array(p, faces).Raw(PickleOp.SetItem).Text("J_regressor");
        return Write("MANO_RIGHT.pkl", Array(p, regressor).Raw(PickleOp.SetItem).Stop());
    }

    /// <summary>A .npy file.</summary>
    public string Npy(string name, Tensor tensor)
    {
        string shape = string.Concat(tensor.Shape.Extents.ToArray().Select(extent => $"{extent}, "));
        string header = $"{{'descr': '{Code(tensor)}', 'fortran_order': False, 'shape': ({shape}), }}\n";
        return Write(name, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. tensor.Bytes]);
    }

    /// <summary>A mesh as .obj.</summary>
    public string Obj(TriangleMesh mesh)
    {
        var text = new StringBuilder();
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"v {mesh.Vertex(v).X:R} {mesh.Vertex(v).Y:R} {mesh.Vertex(v).Z:R}");
        }

        for (int f = 0; f < mesh.FaceCount; f++)
        {
            (int a, int b, int c) = mesh.Face(f);
            text.AppendLine(CultureInfo.InvariantCulture, $"f {a + 1}/1 {b + 1}/1 {c + 1}/1");
        }

        return Write("mesh.obj", Encoding.ASCII.GetBytes(text.ToString()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Entry(PickleBuilder p, string key, IEnumerable<Tensor> arrays)
    {
        p.Text(key).Raw(PickleOp.EmptyList, PickleOp.Mark);
        foreach (Tensor array in arrays)
        {
            Array(p, array);
        }

        p.Raw(PickleOp.Appends, PickleOp.SetItem);
    }

    private static PickleBuilder Array(PickleBuilder p, Tensor tensor) => p
        .Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Ints(0).Data([(byte)'b']).Raw(PickleOp.Tuple3, PickleOp.Reduce)
        .Raw(PickleOp.Mark).Int(1).Ints([.. tensor.Shape.Extents.ToArray().Select(extent => (long)extent)])
        .Global("numpy", "dtype").Text(Code(tensor)[1..]).Raw(PickleOp.Tuple1, PickleOp.Reduce)
        .Raw(PickleOp.NewFalse).Data(tensor.Bytes.ToArray()).Raw(PickleOp.Tuple, PickleOp.Build);

    private static string Code(Tensor tensor) => tensor.Type switch
    {
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        DType.Int32 => "<i4",
        _ => throw new ArgumentException($"no fixture holds {tensor.Type}"),
    };
}
