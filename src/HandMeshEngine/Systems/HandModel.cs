namespace HandMeshEngine.Systems;

/// <summary>
/// A system with its weights, between the estimator and a session: it writes its graph, turns a camera and a box into the
/// graph's inputs, and the graph's outputs into a hand in camera space. Holds scratch memory: one thread at a time.
/// </summary>
/// <remarks>
/// A prediction is, for every hand of the batch, <see cref="Prepare"/>; then <c>session.Run(image)</c>; then for every hand
/// <see cref="Finish"/>. Neither allocates. Left and right: see <see cref="HandView"/>.
/// </remarks>
internal abstract class HandModel
{
    /// <summary>A system with weights under the authors' names and fixed tables under those of a converted file.</summary>
    /// <exception cref="GraphException">A table is missing or bad.</exception>
    protected HandModel(IReadOnlyDictionary<string, Tensor> weights, string facesKey, int vertexCount)
    {
        Weights = weights;
        try
        {
            Surface = new MeshSurface(vertexCount, Table(weights, facesKey).ToInt32().Span<int>());
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new GraphException($"the table '{facesKey}': {exception.Message}");
        }
    }

    /// <summary>Vertices and faces of the hand for which the model was trained.</summary>
    public MeshSurface Surface { get; }

    /// <summary>Weights and tables by key; none after <see cref="ForgetWeights"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; private set; }

    /// <summary>
    /// The input, Float64 [N, 3, 3], whose matrices take pixels of the warp to pixels of the image. To mirror the image, the caller
    /// replaces the first row a of each matrix by (width - 1) times the last row minus a, after <see cref="Prepare"/>.
    /// </summary>
    public virtual string ImageMatrix => "crop";

    /// <summary>The output that holds the vertices in camera space, [N, V, 3] metres; null where the host places them.</summary>
    public virtual string? PlacedVertices => null;

    /// <summary>The graph for this many hands of one image at once.</summary>
    /// <exception cref="GraphException">A weight is missing or has another shape than the model expects.</exception>
    public OpGraph Build(int batch)
    {
        var g = new GraphBuilder(Weights);
        try
        {
            Build(g, batch);
        }
        catch (OverflowException)
        {
            throw new GraphException("a table holds an index of more than 32 bits; convert the checkpoint again");
        }

        return g.Build();
    }

    /// <summary>Lets go of the weights once the graph is built: a plan has its own, which estimators share.</summary>
    public void ForgetWeights() => Weights = new Dictionary<string, Tensor>();

    /// <summary>Writes the inputs of one hand of the batch.</summary>
    public abstract void Prepare(in HandView view, Session session, int item);

    /// <summary>
    /// Reads the outputs of one hand of the batch: vertices, joints, relative joints, keypoints (pixels of the view), translation,
    /// placement and crop of <paramref name="hand"/>. The caller adds the rest.
    /// </summary>
    public abstract void Finish(in HandView view, Session session, int item, HandMesh hand);

    /// <summary>Writes the graph.</summary>
    public abstract void Build(GraphBuilder g, int batch);

    /// <summary>A table that the constructor of a model needs.</summary>
    protected static Tensor Table(IReadOnlyDictionary<string, Tensor> weights, string key) =>
        weights.TryGetValue(key, out Tensor? table)
            ? table
            : throw new GraphException($"the weights have no table '{key}'; convert the checkpoint together with its tables");

    /// <summary>One hand's part of an output [N, ...].</summary>
    protected static ReadOnlySpan<float> Item(Session session, string output, int item, int count) =>
        session.Output(output).Slice(item * count, count);

    /// <summary>Writes a matrix into item <paramref name="item"/> of an input [N, 3, 3].</summary>
    protected static void WriteMatrix(Session session, string input, int item, in Cameras.Matrix3d matrix) =>
        matrix.CopyTo(session.Input<double>(input).Slice(9 * item, 9));
}
