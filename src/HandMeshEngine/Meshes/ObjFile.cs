namespace HandMeshEngine.Meshes;

/// <summary>The vertex positions [V, 3] and triangles [F, 3] (zero based) of a Wavefront OBJ text; everything else in it is skipped.</summary>
internal sealed record ObjFile(double[] Vertices, int[] Faces)
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mostVertices">More vertices than this, or faces between vertices that are not there, are refused.</param>
    /// <exception cref="ArgumentException">A vertex or face line cannot be read; the message gives its line number.</exception>
    public static ObjFile Read(TextReader text, int mostVertices = int.MaxValue)
    {
        var vertices = new List<double>();
        var faces = new List<int>();
        int number = 0;
        Span<Range> fields = stackalloc Range[6];
        while (text.ReadLine() is { } line)
        {
            number++;
            int count = line.AsSpan().SplitAny(fields, " \t\r", StringSplitOptions.RemoveEmptyEntries);
            if (count == 0)
            {
                continue;
            }

            ReadOnlySpan<char> kind = line.AsSpan(fields[0]);
            if (kind.SequenceEqual("v"))
            {
                Require(vertices.Count / 3 < mostVertices, number, $"a mesh of more than {mostVertices} vertices is no hand");
                Require(count >= 4, number, "a vertex needs x, y and z");
                for (int k = 1; k <= 3; k++)
                {
                    Require(
                        double.TryParse(line.AsSpan(fields[k]), NumberStyles.Float, CultureInfo.InvariantCulture, out double value),
                        number,
                        "a coordinate is not a number");
                    vertices.Add(value);
                }
            }
            else if (kind.SequenceEqual("f"))
            {
                Require(faces.Count / 6 < mostVertices, number, $"a mesh of more than {2 * (long)mostVertices} faces is no hand");
                Require(count == 4, number, "a face needs exactly 3 corners; triangulate the mesh first");
                for (int k = 1; k <= 3; k++)
                {
                    faces.Add(Corner(line.AsSpan(fields[k]), number));
                }
            }
        }

        return new ObjFile([.. vertices], [.. faces]);
    }

    /// <summary>The file as a mesh.</summary>
    /// <exception cref="ArgumentException">A face is bad (see <see cref="TriangleMesh"/>).</exception>
    public TriangleMesh ToMesh() => new(Vertices, Faces);

    private static int Corner(ReadOnlySpan<char> field, int line)
    {
        int slash = field.IndexOf('/');
        ReadOnlySpan<char> index = slash < 0 ? field : field[..slash];
        Require(
            int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int corner) && corner > 0,
            line,
            "a face corner is not a positive vertex number");
        return corner - 1;
    }

    private static void Require(bool holds, int line, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException($"OBJ line {line}: {problem}");
        }
    }
}
