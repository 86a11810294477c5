using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace HandMeshEngine.Compute.Tensors;

/// <summary>
/// Named tensors in a fixed order, with free-text metadata: the weights and tables of a system, or the content of a
/// parity case. Not thread-safe while tensors are added.
/// </summary>
public sealed class TensorMap : IReadOnlyDictionary<string, Tensor>
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>An empty map; <paramref name="source"/> says in error messages where the tensors come from.</summary>
    public TensorMap(string source) => Source = source;

    /// <summary>Where the tensors come from, for error messages: a file path or a short description.</summary>
    public string Source { get; }

    /// <summary>Free-text facts stored with the tensors, such as <c>handmesh.system</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The names in the order in which they were added.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public int Count => _names.Count;

    /// <summary>The tensor with this name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public Tensor this[string name] => _tensors.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new KeyNotFoundException($"{Source} holds no tensor '{name}'");

    /// <summary>Whether there is a tensor with this name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Looks a tensor up.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>Adds a tensor at the end.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Tensor tensor)
    {
        if (!_tensors.TryAdd(name, tensor))
        {
            throw new ArgumentException($"{Source} already holds a tensor '{name}'", nameof(name));
        }

        _names.Add(name);
    }

    /// <summary>Replaces the tensor with this name, or adds it at the end.</summary>
    public void Set(string name, Tensor tensor)
    {
        if (!_tensors.ContainsKey(name))
        {
            _names.Add(name);
        }

        _tensors[name] = tensor;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator()
    {
        foreach (string name in _names)
        {
            yield return new KeyValuePair<string, Tensor>(name, _tensors[name]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerable<string> IReadOnlyDictionary<string, Tensor>.Keys => _names;

    IEnumerable<Tensor> IReadOnlyDictionary<string, Tensor>.Values => _names.Select(name => _tensors[name]);

    bool IReadOnlyDictionary<string, Tensor>.ContainsKey(string key) => Contains(key);

    bool IReadOnlyDictionary<string, Tensor>.TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) =>
        _tensors.TryGetValue(key, out value);
}
