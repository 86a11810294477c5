namespace HandMeshEngine.Native.Handles;

/// <summary>An object that a caller holds by a number.</summary>
internal abstract class Handled
{
    /// <summary>What it is called in sentences.</summary>
    public abstract string Kind { get; }

    /// <summary>The number; 0 before it is handed out.</summary>
    public nint Handle { get; set; }

    /// <summary>Gives back what it holds, once.</summary>
    public abstract void Release();
}
