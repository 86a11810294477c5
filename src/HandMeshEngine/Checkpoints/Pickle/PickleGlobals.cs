namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>
/// Which names a weights file may mention. No name is ever looked up, so this protects no machine; it makes a hostile file
/// fail loudly instead of being read as if nothing were wrong.
/// </summary>
internal static class PickleGlobals
{
    /// <summary>Names of Python, torch, numpy and scipy that data is made of.</summary>
    private static readonly HashSet<string> _data = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.deque",
        "_codecs.encode", "copyreg._reconstructor", "copy_reg._reconstructor", "copyreg.__newobj__", "copy_reg.__newobj__",
        "builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple", "builtins.dict", "builtins.bytearray",
        "builtins.bytes", "builtins.str", "builtins.int", "builtins.float", "builtins.bool", "builtins.complex",
        "builtins.slice", "builtins.range", "builtins.object", "builtins.type",
        "argparse.Namespace", "types.SimpleNamespace", "datetime.datetime", "datetime.date", "datetime.timedelta",
        "datetime.timezone", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath",
        "pathlib.Path", "enum.Enum", "decimal.Decimal", "fractions.Fraction", "uuid.UUID",
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
        "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state", "torch._utils._rebuild_qtensor",
        "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_meta_tensor_no_storage",
        "torch._utils._rebuild_device_tensor_from_numpy", "torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type",
        "torch.Tensor", "torch.Size", "torch.device", "torch.dtype", "torch.Generator", "torch.serialization._get_layout",
        "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.storage.UntypedStorage", "torch.storage._UntypedStorage",
        "torch.storage.TypedStorage", "torch.storage._TypedStorage",
        "numpy.ndarray", "numpy.dtype", "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct",
        "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.core.numeric._frombuffer",
        "numpy._core.numeric._frombuffer", "numpy.bool_", "numpy.matrix", "numpy.matrixlib.defmatrix.matrix",
    };

    private static readonly string[] _torchElements =
    [
        "float32", "float", "float64", "double", "float16", "half", "bfloat16",
        "uint8", "int8", "int16", "short", "int32", "int", "int64", "long", "bool",
    ];

    /// <summary>
    /// Modules that no data lives in: Python's own (all but the names above are refused) and packages whose functions
    /// load, run or fetch things.
    /// </summary>
    private static readonly HashSet<string> _refusedPackages = new(StringComparer.Ordinal)
    {
        // The standard library, Python 2 and 3.
        "BaseHTTPServer", "__builtin__", "__future__", "_abc", "_ast", "_asyncio", "_bisect", "_bootsubprocess", "_codecs", "_collections",
        "_compression", "_ctypes", "_datetime", "_frozen_importlib", "_frozen_importlib_external", "_functools", "_imp", "_io",
        "_multiprocessing", "_operator", "_osx_support", "_pickle", "_posixsubprocess", "_pyio", "_socket", "_sqlite3", "_ssl", "_thread",
        "_tkinter", "_weakref", "_winapi", "_xxsubinterpreters", "abc", "aifc", "antigravity", "argparse", "array", "ast", "asynchat",
        "asyncio", "asyncore", "atexit", "audioop", "base64", "bdb", "binascii", "binhex", "bisect", "builtins", "bz2", "cPickle",
        "cProfile", "calendar", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys", "commands",
        "compileall", "concurrent", "configparser", "contextlib", "contextvars", "copy", "copy_reg", "copyreg", "crypt", "csv", "ctypes",
        "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "distutils", "doctest", "email", "encodings", "ensurepip",
        "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch", "fractions", "ftplib", "functools", "gc",
        "genericpath", "getopt", "getpass", "gettext", "glob", "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http",
        "httplib", "idlelib", "imaplib", "imghdr", "imp", "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword",
        "lib2to3", "linecache", "locale", "logging", "lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap", "modulefinder",
        "msilib", "msvcrt", "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers", "opcode", "operator",
        "optparse", "os", "ossaudiodev", "pathlib", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib", "popen2",
        "poplib", "posix", "posixpath", "pprint", "profile", "pstats", "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pyexpat", "queue",
        "quopri", "random", "re", "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "secrets", "select", "selectors",
        "shelve", "shlex", "shutil", "signal", "site", "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "spwd", "sqlite3",
        "sre_compile", "ssl", "stat", "statistics", "string", "stringprep", "struct", "subprocess", "sunau", "symtable", "sys", "sysconfig",
        "syslog", "tabnanny", "tarfile", "telnetlib", "tempfile", "termios", "test", "textwrap", "threading", "time", "timeit", "tkinter",
        "token", "tokenize", "trace", "traceback", "tracemalloc", "tty", "turtle", "types", "typing", "unicodedata", "unittest", "urllib",
        "urllib2", "uu", "uuid", "venv", "warnings", "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib", "xml",
        "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo",

        // Packages with loaders and runners; of torch, numpy and scipy only the names above and below.
        "IPython", "aiohttp", "cloudpickle", "cupy", "dill", "fsspec", "httpx", "huggingface_hub", "jax", "jinja2", "joblib", "keras",
        "nltk", "numpy", "pandas", "paramiko", "pip", "pkg_resources", "psutil", "requests", "safetensors", "scipy", "setuptools", "sh",
        "sklearn", "tensorflow", "torch", "tornado", "transformers", "urllib3", "yaml",
    };

    /// <summary>Whether a name may occur; unknown names of other packages are kept as opaque data.</summary>
    public static bool MayOccur(PyGlobal global)
    {
        PyGlobal modern = Modern(global);
        if (_data.Contains($"{modern.Module}.{modern.Name}") || IsTorchData(modern) || IsScipyMatrix(modern) || IsNumpyType(modern))
        {
            return true;
        }

        int dot = modern.Module.IndexOf('.');
        string package = dot < 0 ? modern.Module : modern.Module[..dot];

        // A dotted name would walk through attributes of whatever the module imported; no data type needs it.
        return package.Length > 0 && !_refusedPackages.Contains(package) && !modern.Name.Contains('.');
    }

    /// <summary>The name as Python 3 spells it.</summary>
    public static PyGlobal Modern(PyGlobal global) => global.Module == "__builtin__" ? global with { Module = "builtins" } : global;

    /// <summary>Whether this is a sparse matrix class of any scipy version.</summary>
    public static bool IsScipyMatrix(PyGlobal global) =>
        global.Module is "scipy.sparse.csc" or "scipy.sparse._csc" or "scipy.sparse.csr" or "scipy.sparse._csr"
            or "scipy.sparse.coo" or "scipy.sparse._coo"
        && global.Name is "csc_matrix" or "csr_matrix" or "coo_matrix" or "csc_array" or "csr_array" or "coo_array";

    private static bool IsTorchData(PyGlobal global) =>
        (global.Module == "torch" && (_torchElements.Contains(global.Name) || global.Name.EndsWith("Storage", StringComparison.Ordinal)
            || global.Name.EndsWith("Tensor", StringComparison.Ordinal)))
        || (global.Module is "torch.cuda" && global.Name.EndsWith("Storage", StringComparison.Ordinal))
        || global.Module.StartsWith("torch.nn.modules.", StringComparison.Ordinal)
        || global.Module.StartsWith("torch.optim.", StringComparison.Ordinal);

    private static bool IsNumpyType(PyGlobal global) =>
        global.Module is "numpy" or "numpy.dtypes"
        && (global.Name.StartsWith("float", StringComparison.Ordinal) || global.Name.StartsWith("int", StringComparison.Ordinal)
            || global.Name.StartsWith("uint", StringComparison.Ordinal) || global.Name.EndsWith("DType", StringComparison.Ordinal));
}
