using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace HandMeshEngine.Systems;

/// <summary>
/// Fingerprints of the tables that belong to the authors' released checkpoints, so that a conversion can tell the user that the
/// tables are the ones the weights were trained with.
/// </summary>
internal static class ReleasedTables
{
    /// <summary>handdgp.md 4.1: the spirals [V, 9] of levels 0 to 3.</summary>
    public static IReadOnlyList<string> HandDgpSpirals { get; } =
    [
        "bff4cab81a8cff812625ff68777185c87f8983bc6516845ea61ceed48396dcc2",
        "2fb3bd7b347959b0396825e76c710e847fd2239576b84a0e0ef105eb3980db1d",
        "97bfc4a98fa10eb6b9afa10946ee65abb5ca99df0a82de290ada680cadcfefd9",
        "41668eb2c832aca4bc86f671aac3dafc9eff140d0808eb4396fedf612f8a1491",
    ];

    /// <summary>graphhand.md 4.3: the node permutation [1280].</summary>
    public static string GraphHandPermutation => "9f9f589711fa9fcddf66459b163f42d365ac57ab45313c9a8a899d10fd2abf54";

    /// <summary>graphhand.md 4.3: the position of every real vertex [954].</summary>
    public static string GraphHandPositions => "613828ee04d26450efa40bc738ab5c0a42db4857e66049c0bddbca1b90a3a5f3";

    /// <summary>graphhand.md 4.3: the faces without the stub [1892, 3].</summary>
    public static string GraphHandFaces => "36106fd796c64a42687de1769381d0e43f756cd5ede869b5fd1f136023222c9f";

    /// <summary>SHA-256, lower-case hexadecimal, of the values as little-endian int32.</summary>
    public static string Fingerprint(ReadOnlySpan<int> values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
