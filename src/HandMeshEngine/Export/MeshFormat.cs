namespace HandMeshEngine.Export;

/// <summary>Mesh file formats.</summary>
public enum MeshFormat
{
    /// <summary>
    /// glTF 2.0 binary: every hand a node. Vertices keep camera axes, under a node turned 180 degrees about x, because
    /// glTF has y up and looks along -z.
    /// </summary>
    Glb,

    /// <summary>Wavefront OBJ: text, every hand an object, camera axes.</summary>
    Obj,

    /// <summary>PLY, binary little endian: all hands in one vertex and one face list, camera axes.</summary>
    Ply,
}
