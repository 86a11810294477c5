namespace HandMeshEngine.Meshes;

/// <summary>
/// The two published orders of a spiral neighbourhood. Both walk every ring clockwise seen from outside and begin the ring of a
/// rim vertex at the rim; trained weights fit only the order they were trained with.
/// </summary>
internal enum SpiralOrder
{
    /// <summary>
    /// pixelaligned.md 4.1, step 3: an inner ring starts at its smallest neighbour, ring vertices that touch no other vertex of
    /// their ring are passed over, and a walk counts if it is long enough.
    /// </summary>
    SmallestFirst,

    /// <summary>
    /// handdgp.md 4.1, SpiralNet++ on OpenMesh's circulator: an inner ring starts at the successor in the highest-numbered face,
    /// and a walk whose next ring is empty does not count even if it is long enough.
    /// </summary>
    OpenMesh,
}
