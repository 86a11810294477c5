namespace HandMeshEngine.Native;

/// <summary>Words to the caller's callback, on the thread of the call that they are about.</summary>
internal static unsafe class Log
{
    private static readonly Lock _lock = new();
    private static delegate* unmanaged<int, byte*, void*, void> _callback;
    private static void* _user;

    /// <summary>Nothing is wrong.</summary>
    public const int Information = 0;

    /// <summary>It works, but slower or worse than it could.</summary>
    public const int Warning = 1;

    /// <summary>Sets who listens; null for nobody.</summary>
    public static void Set(delegate* unmanaged<int, byte*, void*, void> callback, void* user)
    {
        lock (_lock)
        {
            _callback = callback;
            _user = user;
        }
    }

    /// <summary>Says a sentence.</summary>
    public static void Say(int level, string sentence)
    {
        delegate* unmanaged<int, byte*, void*, void> callback;
        void* user;
        lock (_lock)
        {
            callback = _callback;
            user = _user;
        }

        if (callback != null)
        {
            var text = new NativeText(sentence);
            callback(level, text.Pointer, user);
            GC.KeepAlive(text);
        }
    }
}
