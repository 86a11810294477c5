using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Files that would run something if a Python unpickler opened them, in every shape and container.</summary>
internal static class HostileNames
{
    private const string Refused = "which weights are not made of";

    /// <summary>What the attacks would leave behind if anything ran.</summary>
    public static string Marker { get; } = Path.Combine(Path.GetTempPath(), $"handmesh-hostile-{Environment.ProcessId}");

    // Functions of published attacks: loaders, shells, evaluators, and what scanners were shown to miss.
    private static readonly (string Module, string Name)[] _names =
    [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("os", "execl"), ("os", "popen"), ("subprocess", "Popen"),
        ("subprocess", "check_output"), ("builtins", "eval"), ("builtins", "exec"), ("__builtin__", "eval"), ("builtins", "getattr"),
        ("builtins", "__import__"), ("builtins", "open"), ("builtins", "compile"), ("builtins", "apply"), ("importlib", "import_module"),
        ("runpy", "_run_code"), ("pty", "spawn"), ("socket", "create_connection"), ("webbrowser", "open"), ("ctypes", "CDLL"), ("pickle", "loads"),
        ("_pickle", "loads"), ("marshal", "loads"), ("types", "FunctionType"), ("types", "CodeType"), ("operator", "attrgetter"), ("functools", "partial"),
        ("shutil", "rmtree"), ("cProfile", "run"), ("pdb", "run"), ("timeit", "timeit"), ("code", "InteractiveInterpreter"), ("pydoc", "pipepager"),
        ("distutils.spawn", "spawn"), ("idlelib.run", "Executive.runcode"), ("asyncio.unix_events", "_UnixSubprocessTransport"), ("logging.config", "listen"),
        ("pip", "main"), ("pip._internal", "main"), ("torch.hub", "load"), ("torch", "load"), ("torch.storage", "_load_from_bytes"),
        ("torch.jit.annotations", "parse_type_line"), ("torch.distributed.nn.api.remote_module", "RemoteModule"), ("torch.utils.collect_env", "run"),
        ("torch._inductor.codecache", "compile_file"), ("numpy", "load"), ("numpy.testing._private.utils", "runstring"), ("numpy.f2py.crackfortran", "myeval"),
        ("pandas", "read_pickle"), ("joblib", "load"), ("dill", "loads"), ("cloudpickle", "loads"), ("yaml", "unsafe_load"), ("IPython", "embed"),
        ("tensorflow", "load_library"), ("urllib.request", "urlopen"), ("requests.api", "get"), ("site", "main"), ("bdb", "Bdb.run"), ("", "eval"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileFile> All()
    {
        foreach ((string module, string name) in _names)
        {
            yield return InZip($"{module}.{name} called", p => p.CallWithText(module, name, $"touch {Marker}"));
        }

        yield return InZip("os.system named through the stack", p => p.Text("os").Text("system").Raw(PickleOp.StackGlobal).Text("id").Raw(PickleOp.Tuple1, PickleOp.Reduce));
        yield return InZip("os.system reached through attributes", p => p.Text("handtools").Text("paths.os.system").Raw(PickleOp.StackGlobal).Text("id").Raw(PickleOp.Tuple1, PickleOp.Reduce));
        yield return InZip("os.system named only", p => p.Global("os", "system"));
        yield return InZip("os.system by INST", p => p.Raw(PickleOp.Mark).Text("id").Line(PickleOp.Instance, "os\nsystem"));
        yield return InZip("os.system by OBJ", p => p.Raw(PickleOp.Mark).Global("os", "system").Text("id").Raw(PickleOp.Object));
        yield return InZip("Popen by NEWOBJ", p => p.Global("subprocess", "Popen").Text("id").Raw(PickleOp.Tuple1, PickleOp.NewObject));
        yield return InZip("Popen by NEWOBJ_EX", p => p.Global("subprocess", "Popen").Raw(PickleOp.EmptyTuple, PickleOp.EmptyDict, PickleOp.NewObjectEx));
        yield return InZip("os.system as a reducer's state", p => p.Global("handtools", "Thing").Raw(PickleOp.EmptyTuple, PickleOp.Reduce).Global("os", "system").Raw(PickleOp.Build));
        yield return InZip("os.system behind a dropped value", p => p.Raw(PickleOp.None).CallWithText("os", "system", "id").Raw(PickleOp.Pop));
        yield return InZip("a name with a line feed's worth of tricks", p => p.Global("os ", "system").Global("os", "system"));

        yield return new HostileFile("os.system in the root", () => ZipBuilder.Torch(new PickleBuilder().CallWithText("os", "system", "id").Stop()), Refused);
        yield return new HostileFile(
            "os.system in the callbacks of a Lightning checkpoint",
            () => ZipBuilder.Torch(new PickleBuilder().Raw(PickleOp.EmptyDict)
                .Text("state_dict").Raw(PickleOp.EmptyDict).Text("w").Tensor(4, 0, [4], [1]).Raw(PickleOp.SetItem, PickleOp.SetItem)
                .Text("callbacks").CallWithText("os", "system", "id").Raw(PickleOp.SetItem).Stop()),
            Refused);
        yield return new HostileFile("os.system in a legacy file", () => LegacyBuilder.File(Call("os", "system")), Refused);
        yield return new HostileFile("os.system instead of the legacy magic number", () => LegacyBuilder.File(Call("x", "y"), magic: Call("os", "system")), Refused);
        yield return new HostileFile("os.system in the legacy list of storages", () => LegacyBuilder.File(new PickleBuilder().Raw(PickleOp.EmptyDict).Stop(), keys: Call("os", "system")), Refused);
        yield return new HostileFile("os.system in the pickle of a tar", () => Tar(pickle: Call("os", "system")), Refused);
        yield return new HostileFile("os.system in the tensors of a tar", () => Tar(tensors: Call("os", "system")), Refused);
        yield return new HostileFile("os.system in the storages of a tar", () => Tar(storages: Call("os", "system")), Refused);
        yield return new HostileFile("os.system in a table", () => Call("os", "system"), Refused, IsTable: true);
        yield return new HostileFile("os.system inside a chumpy object", () => new PickleBuilder().Global("chumpy.ch", "Ch").CallWithText("os", "system", "id").Raw(PickleOp.NewObject).Stop(), Refused, IsTable: true);
    }

    private static HostileFile InZip(string name, Action<PickleBuilder> value) => new(name, () => ZipBuilder.Torch(PickleBuilder.Dict("w", value)), Refused);

    private static byte[] Call(string module, string name) => new PickleBuilder().CallWithText(module, name, $"touch {Marker}").Stop();

    private static byte[] Tar(byte[]? storages = null, byte[]? tensors = null, byte[]? pickle = null) => LegacyBuilder.Tar(
        ("storages", storages ?? LegacyBuilder.TarStorages()), ("tensors", tensors ?? LegacyBuilder.TarTensors()), ("pickle", pickle ?? LegacyBuilder.TarPickle()));
}
