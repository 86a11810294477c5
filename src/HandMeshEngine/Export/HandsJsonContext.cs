using System.Text.Json.Serialization;

namespace HandMeshEngine.Export;

/// <summary>
/// How <see cref="HandsDocument"/> is written and read, compiled ahead of time: for <c>JsonSerializer</c> in programs without reflection,
/// and to be combined with a program's own contexts (<c>JsonTypeInfoResolver.Combine</c>).
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HandsDocument))]
public sealed partial class HandsJsonContext : JsonSerializerContext;
