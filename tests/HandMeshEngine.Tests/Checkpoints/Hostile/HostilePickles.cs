using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Pickles that are damaged, or ask for memory, time or depth out of proportion.</summary>
internal static class HostilePickles
{
    /// <summary>All of them, as tables.</summary>
    public static IEnumerable<HostileFile> All()
    {
        yield return Of("a recall of memo 4294967295", "recalls memo", p => p.Raw(PickleOp.LongBinGet).Number(0xffffffff, 4));
        yield return Of("a store under memo 4294967295 and a recall of another", "recalls memo", p => p.Raw(PickleOp.None, PickleOp.LongBinPut).Number(0xffffffff, 4).Raw(PickleOp.BinGet, 1));
        yield return Of("a memo number below zero", "memo number", p => p.Raw(PickleOp.None).Line(PickleOp.Put, "-1"));
        yield return Of("a memo bomb", "more than 500000 steps", p => p.Raw(PickleOp.None).Repeat(2_000_000, PickleOp.Memoize));
        yield return Of("endless marks", "marks", p => p.Repeat(5_000_000, PickleOp.Mark));
        yield return Of("endless lists", "more than 500000 steps", p => p.Repeat(3_000_000, PickleOp.EmptyList));
        yield return Of("endless copies of the top", "more than 500000 steps", p => p.Raw(PickleOp.None).Repeat(3_000_000, PickleOp.Dup));
        yield return Of("endless opcodes that do nothing", "steps", p => p.Repeat(5_000_000, PickleOp.None, PickleOp.Pop));
        yield return Of("a list doubled again and again", "steps", Doubling);
        yield return Of("an ordered dictionary made of a huge list again and again", "steps", p => p
            .Raw(PickleOp.EmptyList, PickleOp.BinPut, 0, PickleOp.Mark).Repeat(100_000, PickleOp.None).Raw(PickleOp.Appends)
            .Repeat(1000, [.. "ccollections\nOrderedDict\n"u8, PickleOp.BinGet, 0, PickleOp.Tuple1, PickleOp.Reduce, PickleOp.Pop]));
        yield return Of("bytes recoded again and again", "steps", p => p
            .Text(new string('x', 1 << 20)).Raw(PickleOp.BinPut, 0, PickleOp.Pop)
            .Repeat(1000, [.. "c_codecs\nencode\n"u8, PickleOp.BinGet, 0, PickleOp.Tuple1, PickleOp.Reduce, PickleOp.Pop]));
        yield return Of("an integer of 255 bytes", "integer of 255 bytes", p => p.Raw(PickleOp.Long1, 255).Raw(new byte[255]));
        yield return Of("an integer of 4294967295 bytes", "integer of 4294967295 bytes", p => p.Raw(PickleOp.Long4).Number(0xffffffff, 4));
        yield return Of("an integer line of a million digits", "longer than", p => p.Line(PickleOp.Int, new string('9', 1_000_000)));
        yield return Of("an integer line that is no integer", "not an integer", p => p.Line(PickleOp.Int, "0x10"));
        yield return Of("a float line that is no float", "not a float", p => p.Line(PickleOp.Float, "one"));
        yield return Of("a text of 4 GB", "are announced", p => p.Raw(PickleOp.BinUnicode).Number(0xffffffff, 4));
        yield return Of("a text of 2^64 - 1 bytes", "are announced", p => p.Raw(PickleOp.BinUnicode8).Number(-1, 8));
        yield return Of("bytes of 2^63", "are announced", p => p.Raw(PickleOp.BinBytes8).Number(long.MinValue, 8));
        yield return Of("a bytearray of 2^62", "are announced", p => p.Raw(PickleOp.ByteArray8).Number(1L << 62, 8));
        yield return Of("a text that is not UTF-8", "not valid UTF-8", p => p.Raw(PickleOp.ShortBinUnicode, 2, 0xc3, 0x28));
        yield return Of("a text line with a lone escape", "escape", p => p.Line(PickleOp.Unicode, "a\\u12"));
        yield return Of("a text line with a code point beyond Unicode", "escape", p => p.Line(PickleOp.Unicode, "\\U00110000"));
        yield return Of("a byte line without quotes", "not quoted", p => p.Line(PickleOp.String, "abc"));
        yield return Of("a byte line with an unknown escape", "escape", p => p.Line(PickleOp.String, "'\\q'"));
        yield return Of("a byte line that ends in an escape", "escape", p => p.Line(PickleOp.String, "'\\'"));
        yield return Of("a frame beyond the end", "frame", p => p.Raw(PickleOp.Frame).Number(long.MaxValue, 8));
        yield return Of("a future protocol", "newer than", p => p.Raw(PickleOp.Protocol, 99));
        yield return Of("an unknown opcode", "not a pickle opcode", p => p.Raw(0xff));
        yield return Of("an extension code", "extension registry", p => p.Raw(PickleOp.Extension1, 1));
        yield return Of("an outside buffer", "outside buffers", p => p.Raw(PickleOp.NextBuffer));
        yield return Of("a persistent id where there are none", "refers to data outside", p => p.Line(PickleOp.PersistentId, "7"));
        yield return Of("STOP on an empty stack", "empty stack", p => p);
        yield return Of("a call on an empty stack", "empty stack", p => p.Raw(PickleOp.Reduce));
        yield return Of("a tuple without a mark", "mark that was never set", p => p.Raw(PickleOp.None, PickleOp.Tuple));
        yield return Of("a value taken from below a mark", "empty stack", p => p.Raw(PickleOp.None, PickleOp.Mark, PickleOp.Tuple1));
        yield return Of("a call of a number", "calls an integer", p => p.Int(7).Raw(PickleOp.EmptyTuple, PickleOp.Reduce));
        yield return Of("a call of a list", "calls a list", p => p.Raw(PickleOp.EmptyList, PickleOp.EmptyTuple, PickleOp.NewObject));
        yield return Of("an OBJ of nothing", "calls None", p => p.Raw(PickleOp.Mark, PickleOp.Object));
        yield return Of("a state for a number", "gives a state", p => p.Int(7).Raw(PickleOp.None, PickleOp.Build));
        yield return Of("a state for a name", "gives a state", p => p.Global("handtools", "Thing").Raw(PickleOp.EmptyDict, PickleOp.Build));
        yield return Of("an append to a tuple", "appends to", p => p.Raw(PickleOp.EmptyTuple, PickleOp.None, PickleOp.Append));
        yield return Of("an item of a number", "sets items of", p => p.Int(7).Raw(PickleOp.None, PickleOp.None, PickleOp.SetItem));
        yield return Of("a key without a value", "key without a value", p => p.Raw(PickleOp.EmptyDict, PickleOp.Mark, PickleOp.None, PickleOp.SetItems));
        yield return Of("a name made of a number", "other than two short texts", p => p.Int(1).Int(2).Raw(PickleOp.StackGlobal));
        yield return Of("a name of a megabyte", "longer than", p => p.Global(new string('a', 1 << 20), "b"));
        yield return Of("an array with negative extents", "whole numbers", p => Array(p, [-2, 2], new byte[16]));
        yield return Of("an array of 2^60 elements", "2^31 - 1", p => Array(p, [1 << 30, 1 << 30], new byte[16]));
        yield return Of("an array with too few bytes", "does not have the 16 bytes", p => Array(p, [4], new byte[15]));
        yield return Of("an array of rank 100", "whole numbers", p => Array(p, new long[100], new byte[16]));
        yield return Of("an array with a state of one number", "damaged state", p => Reconstruct(p).Int(1).Raw(PickleOp.Build));
        yield return Of("a dtype with a state of one number", "damaged state", p => p.Global("numpy", "dtype").Text("f4").Raw(PickleOp.Tuple1, PickleOp.Reduce).Int(1).Raw(PickleOp.Build));
        yield return Of("a recoding of a number", "Latin-1", p => p.Global("_codecs", "encode").Int(7).Raw(PickleOp.Tuple1, PickleOp.Reduce));
        yield return Of("an object of no class", "object of no class", p => p.Global("copyreg", "_reconstructor").Int(7).Raw(PickleOp.Tuple1, PickleOp.Reduce));
        yield return new HostileFile("a pickle without STOP", () => new PickleBuilder().Raw(PickleOp.None).Bytes, "ends too early", IsTable: true);
        yield return new HostileFile("a pickle that ends inside a number", () => new PickleBuilder().Raw(PickleOp.BinInt, 1, 2).Bytes, "ends too early", IsTable: true);
        yield return new HostileFile("an empty pickle", () => [], "ends too early", IsTable: true);
        yield return new HostileFile("text that is no pickle", () => "#!/bin/sh\n"u8.ToArray(), "not a pickle", IsTable: true);
    }

    private static HostileFile Of(string name, string reason, Func<PickleBuilder, PickleBuilder> write) =>
        new(name, () => write(new PickleBuilder()).Stop(), reason, IsTable: true);

    // l = [l, l] three million times over: a walk would never end, and the work of building it is bounded.
    private static PickleBuilder Doubling(PickleBuilder p) =>
        p.Raw(PickleOp.EmptyList).Repeat(1_000_000, PickleOp.BinPut, 0, PickleOp.Pop, PickleOp.EmptyList, PickleOp.BinGet, 0, PickleOp.Append, PickleOp.BinGet, 0, PickleOp.Append);

    private static PickleBuilder Reconstruct(PickleBuilder p) =>
        p.Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Ints(0).Data([(byte)'b']).Raw(PickleOp.Tuple3, PickleOp.Reduce);

    private static PickleBuilder Array(PickleBuilder p, long[] shape, byte[] data) =>
        Reconstruct(p).Raw(PickleOp.Mark).Int(1).Ints(shape).Global("numpy", "dtype").Text("f4").Raw(PickleOp.Tuple1, PickleOp.Reduce)
            .Raw(PickleOp.NewFalse).Data(data).Raw(PickleOp.Tuple, PickleOp.Build);
}
