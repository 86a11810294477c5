namespace HandMeshEngine.Server.Live;

/// <summary>A frame of a page.</summary>
/// <param name="Number">The page's number for it.</param>
/// <param name="IsStill">It belongs to no video.</param>
/// <param name="File">JPEG, PNG or WebP.</param>
internal sealed record Frame(uint Number, bool IsStill, byte[] File);
