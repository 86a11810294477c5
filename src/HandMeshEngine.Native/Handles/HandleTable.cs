namespace HandMeshEngine.Native.Handles;

/// <summary>
/// The objects that callers hold. A handle is no address: a number of a place in this table and of how often the place was used, so
/// that a wrong or an old one is recognised. Looking one up takes no lock and allocates nothing.
/// </summary>
internal static class HandleTable
{
    // The lowest bits are never those of an address of a struct.
    private const int Mark = 0xB;
    private const int MarkBits = 4;
    private const int PlaceBits = 20;

    private static readonly Lock _lock = new();
    private static readonly Stack<int> _free = new();
    private static Handled?[] _objects = new Handled?[64];
    private static long _uses;
    private static int _count;

    /// <summary>How many objects callers hold.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>Hands an object out.</summary>
    /// <exception cref="AbiException">A million objects are open.</exception>
    public static nint Add(Handled item)
    {
        lock (_lock)
        {
            if (!_free.TryPop(out int place))
            {
                place = _count;
                if (place == _objects.Length)
                {
                    if (place == 1 << PlaceBits)
                    {
                        throw new AbiException(Status.OutOfMemory, $"{place} handles are open; close those that are no longer used");
                    }

                    Handled?[] larger = new Handled?[place * 2];
                    _objects.CopyTo(larger, 0);
                    Volatile.Write(ref _objects, larger);
                }
            }

            _count++;
            item.Handle = (nint)(((++_uses) << (PlaceBits + MarkBits)) | ((long)place << MarkBits) | Mark);
            Volatile.Write(ref _objects[place], item);
            return item.Handle;
        }
    }

    /// <summary>The object behind a handle.</summary>
    /// <exception cref="AbiException">There is none, or it is of another kind.</exception>
    public static T Get<T>(nint handle, string argument)
        where T : Handled
    {
        return Find(handle) switch
        {
            T found => found,
            null when handle == 0 => throw new AbiException(Status.InvalidHandle, $"{argument} is null; give the handle that a function of this library made"),
            null => throw new AbiException(Status.InvalidHandle, $"{argument} 0x{handle:x} is no handle of this library, or was closed"),
            Handled other => throw new AbiException(Status.InvalidHandle, $"{argument} 0x{handle:x} is a handle of another kind: {other.Kind}"),
        };
    }

    /// <summary>Takes an object out of the table and releases it. A null handle is fine, as with <c>free</c>.</summary>
    /// <exception cref="AbiException">There is none, or it is of another kind.</exception>
    public static void Release<T>(nint handle, string argument)
        where T : Handled
    {
        if (handle == 0)
        {
            return;
        }

        T item = Get<T>(handle, argument);
        lock (_lock)
        {
            int place = PlaceOf(handle);
            if (_objects[place] != item)
            {
                throw new AbiException(Status.InvalidHandle, $"{argument} 0x{handle:x} was closed by another thread");
            }

            Volatile.Write(ref _objects[place], null);
            _free.Push(place);
            _count--;
        }

        item.Release();
    }

    private static Handled? Find(nint handle)
    {
        if ((handle & ((1 << MarkBits) - 1)) != Mark)
        {
            return null;
        }

        Handled?[] objects = Volatile.Read(ref _objects);
        int place = PlaceOf(handle);
        Handled? item = place < objects.Length ? Volatile.Read(ref objects[place]) : null;
        return item?.Handle == handle ? item : null;
    }

    private static int PlaceOf(nint handle) => (int)(handle >> MarkBits) & ((1 << PlaceBits) - 1);
}
