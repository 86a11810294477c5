using System.Runtime.InteropServices;

namespace HandMeshEngine.Tests.Checkpoints.Tflite;

/// <summary>A network of two operators, described so that a test can damage any one field.</summary>
internal static class TinyTflite
{
    /// <summary>conv 1x1 (2 to 2 channels, weights float16 behind a DEQUANTIZE) on [1,2,2,2], then RESHAPE to [4,2].</summary>
    public static Dictionary<int, object> Model()
    {
        Half[] weights = [(Half)1, (Half)2, (Half)3, (Half)4];
        return new Dictionary<int, object>
        {
            [0] = 3,
            [1] = new[] { Code(6), Code(3), Code(22) },
            [2] = new[]
            {
                new Dictionary<int, object>
                {
                    [0] = new[]
                    {
                        Tensor([1, 2, 2, 2], 0, 0, "input"),
                        Tensor([2, 1, 1, 2], 1, 1, "weights16"),
                        Tensor([2, 1, 1, 2], 0, 0, "weights32"),
                        Tensor([2], 0, 2, "bias"),
                        Tensor([1, 2, 2, 2], 0, 0, "conv"),
                        Tensor([2], 2, 3, "newshape"),
                        Tensor([4, 2], 0, 0, "output"),
                    },
                    [1] = new[] { 0 },
                    [2] = new[] { 6 },
                    [3] = new[]
                    {
                        Operator(0, [1], [2]),
                        Operator(1, [0, 2, 3], [4], new Dictionary<int, object> { [0] = (byte)1, [1] = 1, [2] = 1, [3] = (byte)3 }),
                        Operator(2, [4, 5], [6]),
                    },
                },
            },
            [4] = new[]
            {
                new Dictionary<int, object>(),
                new Dictionary<int, object> { [0] = MemoryMarshal.AsBytes<Half>(weights).ToArray() },
                new Dictionary<int, object> { [0] = new byte[8] },
                new Dictionary<int, object> { [0] = MemoryMarshal.AsBytes<int>([4, 2]).ToArray() },
            },
        };
    }

    /// <summary>The graph table of a model.</summary>
    public static Dictionary<int, object> Graph(Dictionary<int, object> model) => ((Dictionary<int, object>[])model[2])[0];

    /// <summary>A tensor table of a model.</summary>
    public static Dictionary<int, object> TensorOf(Dictionary<int, object> model, int index) => ((Dictionary<int, object>[])Graph(model)[0])[index];

    /// <summary>An operator table of a model.</summary>
    public static Dictionary<int, object> OperatorOf(Dictionary<int, object> model, int index) => ((Dictionary<int, object>[])Graph(model)[3])[index];

    private static Dictionary<int, object> Code(byte code) => new() { [0] = code, [3] = (int)code };

    private static Dictionary<int, object> Tensor(int[] shape, byte type, int buffer, string name) =>
        new() { [0] = shape, [1] = type, [2] = buffer, [3] = name };

    private static Dictionary<int, object> Operator(int code, int[] inputs, int[] outputs, Dictionary<int, object>? options = null)
    {
        var table = new Dictionary<int, object> { [0] = code, [1] = inputs, [2] = outputs };
        if (options is not null)
        {
            table[4] = options;
        }

        return table;
    }
}
