using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Conversion;

/// <summary>
/// The fixed tables that the user supplies, told apart by what the files hold and not by their names: HandMesh's
/// <c>transform.pkl</c>, MANO's <c>MANO_RIGHT.pkl</c>, arrays (.npy), a mesh (.obj), or ready tables (.safetensors).
/// </summary>
internal sealed class TableFiles
{
    private const long LargestObj = 8 << 20;

    private readonly CheckpointLimits _limits;
    private readonly List<string> _unused = [];

    /// <summary>Reads all files.</summary>
    /// <exception cref="CheckpointException">A file is damaged, of no known kind, or a kind occurs twice.</exception>
    public TableFiles(IReadOnlyList<string> paths, CheckpointLimits? limits = null)
    {
        Paths = paths;
        _limits = limits ?? CheckpointLimits.Default;
        foreach (string path in paths)
        {
            _unused.Add(path);
            string before = Kinds();
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".pkl": ReadPickle(path); break;
                case ".npy": ReadArray(path); break;
                case ".obj": Mesh = (path, ReadObj(path)); break;
                case ".safetensors": Ready = SafetensorsFile.Read(path, _limits); break;
                default: throw new CheckpointException(path, "a table file must be .pkl, .npy, .obj or .safetensors");
            }

            if (Kinds() == before)
            {
                throw new CheckpointException(path, "a table of this kind was already given");
            }
        }
    }

    /// <summary>The files given.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary><c>transform.pkl</c>: a dictionary with mesh levels and up-sampling matrices.</summary>
    public (string Path, object? Root)? Transform { get; private set; }

    /// <summary><c>MANO_RIGHT.pkl</c>: a dictionary with faces and joint regressor.</summary>
    public (string Path, object? Root)? Mano { get; private set; }

    /// <summary>A joint regressor, float [joints, V].</summary>
    public (string Path, Tensor Value)? Regressor { get; private set; }

    /// <summary>Faces, integers [F, 3].</summary>
    public (string Path, Tensor Value)? Faces { get; private set; }

    public (string Path, ObjFile Value)? Mesh { get; private set; }

    /// <summary>Tables under the names of a converted file.</summary>
    public TensorMap? Ready { get; private set; }

    /// <summary>Marks a file as used and returns what it holds.</summary>
    /// <exception cref="CheckpointException">No such file was given.</exception>
    public (string Path, T Value) Use<T>((string Path, T Value)? table, string what)
    {
        if (table is not { } found)
        {
            throw new CheckpointException("--tables", $"{what} is needed; see weights/README.md for where to get it");
        }

        _unused.Remove(found.Path);
        return found;
    }

    /// <summary>Adds the ready tables to those made from the other files; ready ones win.</summary>
    public void AddReady(TensorMap tables)
    {
        if (Ready is not null)
        {
            _unused.Remove(Ready.Source);
            foreach ((string name, Tensor tensor) in Ready)
            {
                tables.Set(name, tensor);
            }
        }
    }

    /// <summary>Notes files that were of no use.</summary>
    public void Report(List<string> notices) =>
        notices.AddRange(_unused.Select(path => $"{path}: this table is not needed and was ignored"));

    private string Kinds() => $"{Transform?.Path}|{Mano?.Path}|{Regressor?.Path}|{Faces?.Path}|{Mesh?.Path}|{Ready?.Source}";

    private void ReadPickle(string path)
    {
        object? root = PickleFile.Read(path, _limits);
        if (root is PyDict transform && transform.TryGet("up_transform", out _))
        {
            Transform ??= (path, root);
        }
        else if (root is PyDict mano && mano.TryGet("J_regressor", out _))
        {
            Mano ??= (path, root);
        }
        else
        {
            throw new CheckpointException(path, "this pickle is neither transform.pkl (no 'up_transform') nor MANO_RIGHT.pkl (no 'J_regressor')");
        }
    }

    private void ReadArray(string path)
    {
        Tensor array = NpyFile.Read(path);
        bool isInteger = array.Type is DType.Int64 or DType.Int32 or DType.Int16 or DType.UInt8;
        if (isInteger && array.Shape.Rank == 2 && array.Shape[1] == 3)
        {
            Faces ??= (path, array);
        }
        else if (!isInteger && array.Shape.Rank == 2)
        {
            Regressor ??= (path, array);
        }
        else
        {
            throw new CheckpointException(
                path, $"an array {array.Shape} of {array.Type} is neither faces (integers [F, 3]) nor a joint regressor (floats [21, V])");
        }
    }

    private ObjFile ReadObj(string path)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        if (stream.Length > LargestObj)
        {
            throw new CheckpointException(path, $"{stream.Length} bytes are too many for a hand mesh");
        }

        using var reader = new StreamReader(stream);
        try
        {
            return ObjFile.Read(reader, _limits.MeshVertices);
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException(path, error.Message, cause: error);
        }
    }
}
