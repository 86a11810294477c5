using Microsoft.CodeAnalysis;

namespace HandMeshEngine.Compute.Generators;

/// <summary>
/// Adds the unrolled kernels of the CPU backend to the compilation of HandMeshEngine.Compute. They depend on no other source, so the
/// compiler runs this once and keeps the result.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TileGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(output =>
    {
        output.AddSource("RegisterTiles.g.cs", RegisterTileWriter.Write());
        output.AddSource("WindowTiles.g.cs", WindowTileWriter.Write());
    });
}
