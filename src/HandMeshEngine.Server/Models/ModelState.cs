namespace HandMeshEngine.Server.Models;

/// <summary>Whether a model can be asked; the names in the repository index are these in capitals.</summary>
internal enum ModelState
{
    /// <summary>It opens and warms up.</summary>
    Loading,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It could not be opened, its device is lost, or the server stops.</summary>
    Unavailable,
}
