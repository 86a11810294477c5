using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>State dicts whose tensors leave their storages, lie about them, or multiply them.</summary>
internal static class HostileTensors
{
    private const long Huge = 1L << 62;

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileFile> All()
    {
        yield return Of("a negative stride", "whole numbers", p => p.Tensor(4, 0, [4], [-1]));
        yield return Of("a negative size", "whole numbers", p => p.Tensor(4, 0, [-4], [1]));
        yield return Of("a negative offset", "leaves its storage", p => p.Tensor(4, -1, [4], [1]));
        yield return Of("an offset behind the storage", "leaves its storage", p => p.Tensor(4, 5, [0], [1]));
        yield return Of("a last element behind the storage", "leaves its storage", p => p.Tensor(4, 1, [4], [1]));
        yield return Of("a stride that leaves the storage", "leaves its storage", p => p.Tensor(4, 0, [2, 2], [3, 1]));
        yield return Of("an offset that overflows", "leaves its storage", p => p.Tensor(4, long.MaxValue, [4], [1]));
        yield return Of("a stride that overflows", "whole numbers", p => p.Tensor(4, 0, [2], [Huge]));
        yield return Of("sizes whose product overflows", "2^31 - 1", p => p.Tensor(4, 0, [1 << 30, 1 << 30], [0, 0]));
        yield return Of("sixteen strides of 2^31", "leaves its storage", p => p.Tensor(4, 0, [2, 2, 2, 2, 2, 2, 2, 2], [.. Enumerable.Repeat((long)int.MaxValue, 8)]));
        yield return Of("more sizes than strides", "whole numbers", p => p.Tensor(4, 0, [2, 2], [1]));
        yield return Of("rank 100", "whole numbers", p => p.Tensor(4, 0, [.. Enumerable.Repeat(1L, 100)], [.. Enumerable.Repeat(1L, 100)]));
        yield return Of("a size that is text", "whole numbers", p => p.Global("torch._utils", "_rebuild_tensor_v2").Raw(PickleOp.Mark).Storage("0", 4)
            .Int(0).Text("4").Raw(PickleOp.Tuple1).Ints(1).Raw(PickleOp.NewFalse, PickleOp.None, PickleOp.Tuple, PickleOp.Reduce));
        yield return Of("a tensor of numbers instead of a storage", "wrong kind", p => p.Global("torch._utils", "_rebuild_tensor_v2").Ints(1, 2, 3, 4).Raw(PickleOp.Reduce));
        yield return Of("a parameter of a number", "wrong kind", p => p.Global("torch._utils", "_rebuild_parameter").Ints(1, 2, 3).Raw(PickleOp.Reduce));
        yield return Of("one element expanded to a billion", "far more memory", p => p.Tensor(4, 0, [1 << 28], [0]));
        yield return Of("a storage of negative length", "does not describe a storage", p => p.Tensor(-4, 0, [4], [1]));
        yield return Of("a storage of 2^62 elements", "a storage of", p => p.Tensor(Huge, 0, [4], [1]));
        yield return Of("a storage larger than its entry", "holds 16 bytes where 8 elements", p => p.Tensor(8, 0, [4], [1]));
        yield return Of("a storage smaller than its entry", "holds 16 bytes where 2 elements", p => p.Tensor(2, 0, [2], [1]));
        yield return Of("a storage of another type than its entry", "holds 16 bytes where 4 elements", p => p.Tensor(4, 0, [4], [1], type: "DoubleStorage"));
        yield return Of("a storage that is not in the file", "is not in the file", p => p.Tensor(4, 0, [4], [1], key: "1"));
        yield return Of("a storage called ../../../etc/passwd", "is not in the file", p => p.Tensor(4, 0, [4], [1], key: "../../../etc/passwd"));
        yield return Of("a storage described twice", "described twice", p => p.Tensor(4, 0, [4], [1]).Raw(PickleOp.SetItem).Text("v").Tensor(2, 0, [2], [1]));
        yield return Of("a persistent id that is a number", "does not describe a storage", p => p.Int(7).Raw(PickleOp.BinPersistentId));
        yield return Of("a persistent id of another kind", "does not describe a storage", p => p.Raw(PickleOp.Mark).Text("socket").Text("x").Raw(PickleOp.Tuple, PickleOp.BinPersistentId));
        yield return Of("a storage with a view", "does not describe a storage", p => p.Raw(PickleOp.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(4)
            .Ints(1, 2, 3).Raw(PickleOp.Tuple, PickleOp.BinPersistentId));
        yield return Of("a sparse tensor", "not supported", p => p.Global("torch._utils", "_rebuild_sparse_tensor").Raw(PickleOp.EmptyTuple, PickleOp.Reduce));
        yield return Of("a quantised storage", "not supported", p => p.Tensor(4, 0, [4], [1], type: "QInt8Storage"));
        yield return Of("text where a tensor is expected", "where a tensor is expected", p => p.Text("weights"));
        yield return Of("an object where a tensor is expected", "handtools.Thing", p => p.CallWithText("handtools", "Thing", "x"));
        yield return Of("a dictionary inside itself", "nested more than", p => p.Raw(PickleOp.EmptyDict, PickleOp.BinPut, 0).Text("w").Raw(PickleOp.BinGet, 0, PickleOp.SetItem));
        yield return Of("dictionaries that share their parts a million times", "more than 50000 entries", Sharing);
        yield return new HostileFile("the same name twice", () => ZipBuilder.Torch(
            new PickleBuilder().Raw(PickleOp.EmptyDict).Text("w").Tensor(4, 0, [4], [1]).Raw(PickleOp.SetItem).Text("w").Tensor(4, 0, [4], [1]).Raw(PickleOp.SetItem).Stop()), "occurs twice");
        yield return new HostileFile("a thousand tensors over one storage", () => ZipBuilder.Torch(Aliases(), floats: 1 << 18), "far more memory");
        yield return new HostileFile("a whole model instead of a state dict", () => ZipBuilder.Torch(
            new PickleBuilder().Global("handtools.models", "Net").Raw(PickleOp.EmptyTuple, PickleOp.NewObject, PickleOp.EmptyDict, PickleOp.Build).Stop()), "save its state dict");
        yield return new HostileFile("a list instead of a state dict", () => ZipBuilder.Torch(new PickleBuilder().Raw(PickleOp.EmptyList).Stop()), "where a state dict is expected");
    }

    private static HostileFile Of(string name, string reason, Action<PickleBuilder> value) =>
        new($"tensor: {name}", () => ZipBuilder.Torch(PickleBuilder.Dict("w", value)), reason);

    private static byte[] Aliases()
    {
        PickleBuilder p = new PickleBuilder().Raw(PickleOp.EmptyDict);
        for (int i = 0; i < 1000; i++)
        {
            p.Text($"w{i}").Tensor(1 << 18, 0, [1 << 18], [1]).Raw(PickleOp.SetItem);
        }

        return p.Stop();
    }

    // Five levels of dictionaries with a hundred names for the next level each: 10^10 paths in a few kilobytes.
    private static void Sharing(PickleBuilder p)
    {
        p.Raw(PickleOp.EmptyDict, PickleOp.BinPut, 0);
        for (byte level = 1; level <= 4; level++)
        {
            p.Raw(PickleOp.Pop, PickleOp.EmptyDict, PickleOp.BinPut, level);
            for (int i = 0; i < 100; i++)
            {
                p.Text($"k{i}").Raw(PickleOp.BinGet, (byte)(level - 1), PickleOp.SetItem);
            }
        }
    }
}
