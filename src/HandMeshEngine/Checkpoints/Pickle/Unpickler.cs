namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>
/// A restricted pickle interpreter: it builds inert values and runs nothing. A GLOBAL is a name that is never looked up;
/// the few calls that data is made of (a tensor, an array, an ordered dictionary) are done by <see cref="PickleCalls"/>,
/// every other call becomes a <see cref="PyObject"/> that only remembers what would have been called.
/// </summary>
internal sealed class Unpickler
{
    private const int NewestProtocol = 5;
    private const int LongestName = 1024;

    private readonly PickleStream _stream;
    private readonly PickleStack _stack;
    private readonly Func<object?, object?>? _persistent;

    private Unpickler(PickleStream stream, Func<object?, object?>? persistent)
    {
        _stream = stream;
        _stack = new PickleStack(stream);
        _persistent = persistent;
    }

    /// <summary>Reads one pickle; the stream is left behind its STOP.</summary>
    /// <param name="stream">Where it lies.</param>
    /// <param name="persistent">What a persistent id stands for; null if the format has none.</param>
    /// <exception cref="CheckpointException">The pickle is damaged, hostile, or beyond a limit.</exception>
    public static object? Read(PickleStream stream, Func<object?, object?>? persistent = null)
    {
        var unpickler = new Unpickler(stream, persistent);
        while (true)
        {
            stream.Spend(1);
            byte op = stream.ReadByte();
            if (op == PickleOp.Stop)
            {
                return unpickler._stack.Pop();
            }

            if (!unpickler.Literal(op) && !unpickler.Container(op) && !unpickler.Made(op) && !unpickler.Bookkeeping(op))
            {
                throw stream.Error($"0x{op:x2} is not a pickle opcode that weights use: the file is damaged or is not a pickle", stream.Offset - 1);
            }
        }
    }

    private bool Literal(byte op)
    {
        object? value;
        switch (op)
        {
            case PickleOp.None: value = null; break;
            case PickleOp.NewTrue: value = true; break;
            case PickleOp.NewFalse: value = false; break;
            case PickleOp.Int or PickleOp.Long: value = PickleLiterals.Integer(_stream); break;
            case PickleOp.BinInt: value = (long)(int)_stream.ReadUnsigned(4); break;
            case PickleOp.BinInt1: value = (long)_stream.ReadByte(); break;
            case PickleOp.BinInt2: value = (long)_stream.ReadUnsigned(2); break;
            case PickleOp.Long1: value = PickleLiterals.Integer(_stream, _stream.ReadByte()); break;
            case PickleOp.Long4: value = PickleLiterals.Integer(_stream, _stream.ReadUnsigned(4)); break;
            case PickleOp.Float: value = PickleLiterals.FloatLine(_stream); break;
            case PickleOp.BinFloat: value = PickleLiterals.Float(_stream); break;
            case PickleOp.String: value = PickleLiterals.QuotedLine(_stream); break;
            case PickleOp.BinString or PickleOp.BinBytes: value = _stream.ReadBlock(_stream.ReadUnsigned(4)); break;
            case PickleOp.ShortBinString or PickleOp.ShortBinBytes: value = _stream.ReadBlock(_stream.ReadByte()); break;
            case PickleOp.BinBytes8 or PickleOp.ByteArray8: value = _stream.ReadBlock(_stream.ReadUnsigned(8)); break;
            case PickleOp.Unicode: value = PickleLiterals.UnicodeLine(_stream); break;
            case PickleOp.BinUnicode: value = PickleLiterals.Text(_stream, _stream.ReadUnsigned(4)); break;
            case PickleOp.ShortBinUnicode: value = PickleLiterals.Text(_stream, _stream.ReadByte()); break;
            case PickleOp.BinUnicode8: value = PickleLiterals.Text(_stream, _stream.ReadUnsigned(8)); break;
            default: return false;
        }

        _stack.Push(value);
        return true;
    }

    private bool Container(byte op)
    {
        switch (op)
        {
            case PickleOp.EmptyTuple: _stack.Push(new PyTuple([])); break;
            case PickleOp.Tuple1: _stack.Push(new PyTuple(Pop(1))); break;
            case PickleOp.Tuple2: _stack.Push(new PyTuple(Pop(2))); break;
            case PickleOp.Tuple3: _stack.Push(new PyTuple(Pop(3))); break;
            case PickleOp.Tuple: _stack.Push(new PyTuple(_stack.PopMark())); break;
            case PickleOp.EmptyList or PickleOp.EmptySet: _stack.Push(new PyList()); break;
            case PickleOp.List or PickleOp.FrozenSet:
                var list = new PyList();
                list.Items.AddRange(_stack.PopMark());
                _stack.Push(list);
                break;
            case PickleOp.EmptyDict: _stack.Push(new PyDict()); break;
            case PickleOp.Dict:
                object?[] pairs = _stack.PopMark();
                _stack.Push(new PyDict());
                SetItems(pairs);
                break;
            case PickleOp.Append: Append([_stack.Pop()]); break;
            case PickleOp.Appends or PickleOp.AddItems: Append(_stack.PopMark()); break;
            case PickleOp.SetItem: SetItems(Pop(2)); break;
            case PickleOp.SetItems: SetItems(_stack.PopMark()); break;
            default: return false;
        }

        return true;
    }

    private bool Made(byte op)
    {
        long at = _stream.Offset - 1;
        switch (op)
        {
            case PickleOp.Global: _stack.Push(Global(_stream.ReadLine(LongestName), _stream.ReadLine(LongestName), at)); break;
            case PickleOp.StackGlobal:
                object? name = _stack.Pop();
                object? module = _stack.Pop();
                if (module is not string { Length: <= LongestName } moduleText || name is not string { Length: <= LongestName } nameText)
                {
                    throw _stream.Error("a global is named by something other than two short texts", at);
                }

                _stack.Push(Global(moduleText, nameText, at));
                break;
            case PickleOp.Reduce or PickleOp.NewObject:
                object? arguments = _stack.Pop();
                Call(_stack.Pop(), arguments, at);
                break;
            case PickleOp.NewObjectEx:
                object? keywords = _stack.Pop();
                object? positional = _stack.Pop();
                Call(_stack.Pop(), new PyTuple([positional, keywords]), at);
                break;
            case PickleOp.Instance:
                PyGlobal type = Global(_stream.ReadLine(LongestName), _stream.ReadLine(LongestName), at);
                Call(type, new PyTuple(_stack.PopMark()), at);
                break;
            case PickleOp.Object:
                object?[] parts = _stack.PopMark();
                Call(parts.Length > 0 ? parts[0] : null, new PyTuple([.. parts.Skip(1)]), at);
                break;
            case PickleOp.Build:
                object? state = _stack.Pop();
                PickleCalls.SetState(_stack.Peek(), state, _stream, at);
                break;
            case PickleOp.PersistentId: Persistent(_stream.ReadLine(LongestName), at); break;
            case PickleOp.BinPersistentId: Persistent(_stack.Pop(), at); break;
            default: return false;
        }

        return true;
    }

    private bool Bookkeeping(byte op)
    {
        switch (op)
        {
            case PickleOp.Mark: _stack.Mark(); break;
            case PickleOp.Pop:
                if (_stack.AboveMark == 0)
                {
                    _stack.PopMark();
                }
                else
                {
                    _stack.Pop();
                }

                break;
            case PickleOp.PopMark: _stack.PopMark(); break;
            case PickleOp.Dup: _stack.Push(_stack.Peek()); break;
            case PickleOp.Put: _stack.Put(MemoNumber()); break;
            case PickleOp.BinPut: _stack.Put(_stream.ReadByte()); break;
            case PickleOp.LongBinPut: _stack.Put((uint)_stream.ReadUnsigned(4)); break;
            case PickleOp.Memoize: _stack.Memoize(); break;
            case PickleOp.Get: _stack.Get(MemoNumber()); break;
            case PickleOp.BinGet: _stack.Get(_stream.ReadByte()); break;
            case PickleOp.LongBinGet: _stack.Get((uint)_stream.ReadUnsigned(4)); break;
            case PickleOp.Protocol:
                int protocol = _stream.ReadByte();
                if (protocol > NewestProtocol)
                {
                    throw _stream.Error($"pickle protocol {protocol} is newer than the supported {NewestProtocol}");
                }

                break;
            case PickleOp.Frame:
                ulong frame = _stream.ReadUnsigned(8);
                if (frame > (ulong)_stream.Left)
                {
                    throw _stream.Error($"a frame of {frame} bytes is announced but {_stream.Left} are left: the file is cut off");
                }

                break;
            case PickleOp.Extension1 or PickleOp.Extension2 or PickleOp.Extension4 or PickleOp.NextBuffer or PickleOp.ReadOnlyBuffer:
                throw _stream.Error("the pickle uses an extension registry or outside buffers, which no weights file needs");
            default: return false;
        }

        return true;
    }

    private PyGlobal Global(string module, string name, long at)
    {
        var global = new PyGlobal(module, name);
        if (!PickleGlobals.MayOccur(global))
        {
            throw _stream.Error(
                $"the file names '{global}', which weights are not made of; "
                + "if you trust the file, load it in PyTorch and save its state dict alone", at);
        }

        return PickleGlobals.Modern(global);
    }

    private void Call(object? callee, object? arguments, long at)
    {
        if (callee is not PyGlobal global)
        {
            throw _stream.Error($"the pickle calls {PickleText.Describe(callee)}, which is not a name", at);
        }

        _stack.Push(PickleCalls.Call(global, arguments, _stream, at));
    }

    private void Persistent(object? id, long at)
    {
        if (_persistent is null)
        {
            throw _stream.Error("the pickle refers to data outside itself, which this format does not have", at);
        }

        _stack.Push(_persistent(id));
    }

    private void Append(object?[] values)
    {
        switch (_stack.Peek())
        {
            case PyList list: list.Items.AddRange(values); break;
            case PyObject: break;
            default: throw _stream.Error($"the pickle appends to {PickleText.Describe(_stack.Peek())}: it is damaged");
        }
    }

    private void SetItems(object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw _stream.Error("a dictionary has a key without a value: the pickle is damaged");
        }

        switch (_stack.Peek())
        {
            case PyDict dict:
                for (int i = 0; i < pairs.Length; i += 2)
                {
                    dict.Items.Add(new KeyValuePair<object?, object?>(pairs[i], pairs[i + 1]));
                }

                break;
            case PyObject: break;
            default: throw _stream.Error($"the pickle sets items of {PickleText.Describe(_stack.Peek())}: it is damaged");
        }
    }

    private object?[] Pop(int count)
    {
        object?[] values = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            values[i] = _stack.Pop();
        }

        return values;
    }

    private uint MemoNumber() =>
        PickleLiterals.Integer(_stream) is long number and >= 0 and <= uint.MaxValue
            ? (uint)number
            : throw _stream.Error("a memo number is out of range: the pickle is damaged");
}
