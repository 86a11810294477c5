namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>Pictures that belong together: photos, a list, or the frames of one video.</summary>
/// <param name="name">What its results are called.</param>
internal abstract class Source(string name)
{
    public string Name { get; } = name;

    /// <summary>How many pictures there are, if that is known.</summary>
    public virtual int? Count => null;

    /// <summary>The pictures follow each other in time: hands are followed and keep their ids.</summary>
    public virtual bool IsVideo => true;

    /// <summary>Results are lines of one file instead of files for each picture.</summary>
    public virtual bool HasLines => true;

    /// <summary>Drawings are made without being asked for.</summary>
    public virtual bool IsDrawnUnasked => true;

    /// <summary>A picture can be loaded later, and again.</summary>
    public virtual bool CanRevisit => true;

    /// <summary>When what is said about the pictures was changed last, if it stands in a file of its own.</summary>
    public virtual DateTime? Changed => null;

    /// <summary>For a rate of pictures a second that is known, as a fraction; else 30.</summary>
    public virtual (int Numerator, int Denominator) Rate => (30, 1);

    /// <summary>How many pictures there are, where finding out takes a while; null if it cannot be told.</summary>
    public virtual int? CountExactly() => Count;

    /// <summary>The pictures in order, each to be loaded before the next is asked for.</summary>
    /// <exception cref="CommandException">The source itself ends in disorder: a pipe that is cut off, a video that is damaged.</exception>
    public abstract IEnumerable<SourceFrame> Read(PictureLoader loader);
}
