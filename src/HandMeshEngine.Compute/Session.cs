namespace HandMeshEngine.Compute;

/// <summary>
/// A compiled plan with its buffers, ready to run. One thread at a time; everything expensive happened when it was opened,
/// <see cref="Run"/> allocates nothing (the Reference backend excepted).
/// </summary>
public abstract class Session : IDisposable
{
    private protected Session(OpGraph graph)
    {
        Graph = graph;
        ReadsImage = graph.Nodes.Any(node => node.Op is ImageInputOp);
    }

    /// <summary>The graph as the backend runs it, after all passes.</summary>
    public OpGraph Graph { get; }

    /// <summary>The plan as text: what runs, in which order, with which buffers; stable between runs.</summary>
    public abstract string PlanText { get; }

    /// <summary>
    /// Bytes of working memory, weights and activations, on the device that computes. Sessions of equal plans share their weights, and
    /// each counts them.
    /// </summary>
    public abstract long MemoryBytes { get; }

    /// <summary>Time per stage and step; null unless the session was opened with <see cref="SessionOptions.Profile"/>.</summary>
    public Profile? Profile { get; private protected init; }

    /// <summary>The buffer of an input, to be written before <see cref="Run"/>; row-major in the input's logical shape.</summary>
    /// <exception cref="ArgumentException">No input has this name, or it holds another element type.</exception>
    public abstract Span<T> Input<T>(string name)
        where T : unmanaged;

    /// <summary>
    /// A result of the last <see cref="Run"/> (an output, or a tap that was asked for), row-major in its logical shape, float32;
    /// valid until the next run.
    /// </summary>
    /// <exception cref="ArgumentException">No output or observed tap has this name.</exception>
    public abstract ReadOnlySpan<float> Output(string name);

    /// <summary>Whether the graph has an image input.</summary>
    private protected bool ReadsImage { get; }

    /// <summary>Computes all outputs.</summary>
    /// <param name="image">The pixels for the graph's image input, if it has one; read before the call returns.</param>
    public abstract void Run(ImageView image = default);

    /// <summary>
    /// Says from which image an item of the batch is cut in the next <see cref="RunAttached"/>, after the item's inputs are written. For
    /// plans of a backend that <see cref="Backend.RunsBatchesAtOnce"/>.
    /// </summary>
    /// <param name="item">Item of the batch.</param>
    /// <param name="image">The pixels; read before the call returns, in device memory until the run has ended.</param>
    /// <param name="frame">The place of the image among those of a call: between <see cref="Backend.BeginFrame"/> and
    /// <see cref="Backend.EndFrame"/> the same place means the same image.</param>
    /// <exception cref="NotSupportedException">The session takes one image a run.</exception>
    public virtual void Attach(int item, ImageView image, int frame) =>
        throw new NotSupportedException("sessions of this backend take one image a run; hand it to Run");

    /// <summary>Computes all outputs from the images that were attached, one for each item of the batch.</summary>
    /// <exception cref="NotSupportedException">The session takes one image a run.</exception>
    public virtual void RunAttached() => throw new NotSupportedException("sessions of this backend take one image a run; hand it to Run");

    /// <summary>
    /// Starts a run and does not wait for its end: on CUDA the next call that touches an input or a result, or runs again, does; elsewhere it
    /// is over when this returns.
    /// </summary>
    /// <param name="image">As for <see cref="Run"/>; in host memory it is read before the call returns.</param>
    public virtual void Start(ImageView image = default) => Run(image);

    /// <summary>
    /// Copies a result of a run that was started, [..., 3] floats, to the memory of the CUDA device, behind that run.
    /// </summary>
    /// <param name="output">Name of the result.</param>
    /// <param name="address">Device address.</param>
    /// <param name="mirrors">Whether the first of each three changes its sign.</param>
    /// <exception cref="NotSupportedException">The session runs on no CUDA device.</exception>
    public virtual void Deliver(string output, ulong address, bool mirrors) =>
        throw new NotSupportedException("only sessions on cuda have results in device memory");

    /// <summary>Releases buffers and threads.</summary>
    public abstract void Dispose();

    /// <summary>Throws if the graph reads an image and there is none.</summary>
    private protected void RequireImage(ImageView image)
    {
        if (image.IsEmpty && ReadsImage)
        {
            throw new ArgumentException("this graph reads an image; hand one to Run");
        }
    }

    /// <summary>The node behind the name of a tensor input whose elements are of type <typeparamref name="T"/>.</summary>
    private protected int InputNode<T>(string name)
        where T : unmanaged
    {
        if (!Graph.Inputs.TryGetValue(name, out int id) || Graph.Nodes[id].Op is not InputOp)
        {
            throw new ArgumentException($"'{name}' is no tensor input of this plan; it has {string.Join(", ", Graph.Inputs.Keys)}", nameof(name));
        }

        DType type = Graph.Nodes[id].Type.Type;
        return type == DTypes.Of<T>() ? id : throw new ArgumentException($"input '{name}' holds {type}, not {DTypes.Of<T>()}", nameof(name));
    }

    /// <summary>The node behind an output or tap name.</summary>
    private protected int ResultNode(string name) =>
        Graph.Outputs.TryGetValue(name, out int id) || Graph.Taps.TryGetValue(name, out id)
            ? id
            : throw new ArgumentException(
                $"'{name}' is no output of this plan; it has {string.Join(", ", Graph.Outputs.Keys.Concat(Graph.Taps.Keys))}",
                nameof(name));

    /// <summary>The exception for a tap that no plan computes unless it is asked for.</summary>
    private protected static ArgumentException NotObserved(string name) =>
        new($"'{name}' was not observed when this plan was opened", nameof(name));
}
