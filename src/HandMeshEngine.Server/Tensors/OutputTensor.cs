namespace HandMeshEngine.Server.Tensors;

/// <summary>One tensor of an answer: packed little-endian elements, or strings.</summary>
internal sealed record OutputTensor(string Name, DataType DataType, long[] Shape, byte[] Data, byte[][] Strings)
{
    /// <summary>Bytes behind the JSON: strings have their lengths before them.</summary>
    public int PackedLength => DataType == DataType.Bytes ? Strings.Sum(text => sizeof(uint) + text.Length) : Data.Length;
}
