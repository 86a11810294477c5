"""Writes the sound fixtures beside this file: one small file per container, made by the real libraries.

Needs Python 3 with torch 1.13, numpy and scipy. Everything holds the same numbers, see `state`.
"""
import collections
import io
import os
import pickle
import struct
import sys
import tarfile
import types

import numpy as np
import scipy.sparse as sp
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def state():
    s = collections.OrderedDict()
    s["conv.weight"] = torch.arange(24, dtype=torch.float32).reshape(2, 3, 2, 2) / 4 - 1
    s["conv.bias"] = torch.tensor([0.5, -0.25], dtype=torch.float64)
    s["half"] = torch.tensor([1.5, -2.0, 0.125], dtype=torch.float16)
    s["brain"] = torch.tensor([1.0, -3.0], dtype=torch.bfloat16)
    s["ints"] = torch.tensor([[1, -2], [3, 1 << 40]], dtype=torch.int64)
    s["small"] = torch.tensor([-7, 300], dtype=torch.int16)
    s["bytes"] = torch.tensor([0, 255], dtype=torch.uint8)
    s["flags"] = torch.tensor([True, False, True])
    s["transposed"] = torch.arange(6, dtype=torch.float32).reshape(2, 3).t()
    base = torch.arange(10, dtype=torch.float32)
    s["slice"] = base[2:8:2]
    s["shared"] = base[5:]
    s["expanded"] = torch.tensor([7.0]).expand(3)
    s["empty"] = torch.zeros(0, 4)
    s["bn.num_batches_tracked"] = torch.tensor(3)
    return s


def old_tar(path, tensors):
    """The container of torch before 0.2: storages, tensors and pickle inside a tar archive."""
    storages, table, out = io.BytesIO(), io.BytesIO(), io.BytesIO()
    cls = {torch.float32: torch.FloatStorage, torch.int64: torch.LongStorage}
    pickle.dump(len(tensors), storages, protocol=2)
    pickle.dump(len(tensors), table, protocol=2)
    ids = {}
    for i, (name, t) in enumerate(tensors.items()):
        t = t.contiguous()
        pickle.dump((1000 + i, "cpu", cls[t.dtype]), storages, protocol=2)
        storages.write(struct.pack("<q", t.numel()) + t.numpy().tobytes())
        pickle.dump((2000 + i, 1000 + i, torch.FloatTensor), table, protocol=2)
        table.write(struct.pack("<i", t.dim()) + b"\0" * 4)
        table.write(struct.pack("<%dq" % t.dim(), *t.size()) + struct.pack("<%dq" % t.dim(), *t.stride()))
        table.write(struct.pack("<q", 0))
        ids[name] = 2000 + i
    # A view of the first storage: its last two elements.
    pickle.dump([(9000, 1000, 22, 2)], storages, protocol=2)

    class Id(str):
        pass

    class P(pickle._Pickler):
        def persistent_id(self, obj):
            return str(obj) if isinstance(obj, Id) else None

    P(out, protocol=2).dump(collections.OrderedDict((n, Id(i)) for n, i in ids.items()))
    with tarfile.open(path, "w:", format=tarfile.PAX_FORMAT) as tar:
        for name, data in (("sys_info", pickle.dumps({"protocol_version": 1000}, protocol=2)), ("pickle", out.getvalue()),
                           ("tensors", table.getvalue()), ("storages", storages.getvalue())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


class Python2Pickler(pickle._Pickler):
    """Protocol 2 as Python 2 writes it: str is a byte string."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_py2(self, obj):
        raw = obj if isinstance(obj, bytes) else obj.encode("latin1")
        if len(raw) < 256:
            self.write(b"U" + bytes([len(raw)]) + raw)
        else:
            self.write(b"T" + struct.pack("<i", len(raw)) + raw)
        self.memoize(obj)

    dispatch[bytes] = save_py2
    dispatch[str] = save_py2

    def save_global(self, obj, name=None):
        module = {"builtins": "__builtin__", "copyreg": "copy_reg", "scipy.sparse._csc": "scipy.sparse.csc"}.get(obj.__module__, obj.__module__)
        self.write(b"c" + module.encode() + b"\n" + (name or obj.__qualname__).encode() + b"\n")
        self.memoize(obj)

    dispatch[type] = save_global
    dispatch[types.FunctionType] = save_global


def mano_like(path):
    """The layout of MANO_RIGHT.pkl with a toy mesh: Python 2 strings, chumpy objects, a scipy matrix."""
    chumpy = types.ModuleType("chumpy.ch")

    class Ch(object):
        pass

    Ch.__module__, Ch.__qualname__ = "chumpy.ch", "Ch"
    chumpy.Ch = Ch
    sys.modules["chumpy"], sys.modules["chumpy.ch"] = types.ModuleType("chumpy"), chumpy
    shapedirs = Ch()
    shapedirs.x = np.arange(6.0).reshape(2, 3)
    data = collections.OrderedDict()
    data["f"] = np.array([[0, 1, 2], [2, 1, 3]], dtype=np.uint32)
    data["J_regressor"] = sp.csc_matrix(np.array([[0.5, 0.5, 0, 0], [0, 0, 0.25, 0.75]]))
    data["shapedirs"] = shapedirs
    data["v_template"] = np.asfortranarray(np.arange(12.0).reshape(4, 3))
    data["bs_style"] = "lbs"
    data["kintree_table"] = np.array([[4294967295, 0], [0, 1]], dtype=np.uint32)
    with open(path, "wb") as f:
        Python2Pickler(f, protocol=2).dump(dict(data))


def transform_like(path):
    """The layout of transform.pkl with toy meshes: protocol 3, scipy csc matrices."""
    levels = 5
    data = {
        "vertices": [np.arange(3.0 * (n + 2)).reshape(-1, 3) for n in range(levels)],
        "face": [np.array([[0, 1, 2]], dtype=np.uint32) for _ in range(levels)],
        "adj": [sp.csc_matrix(np.eye(3)) for _ in range(levels)],
        "up_transform": [sp.csc_matrix(np.array([[1, 0], [0.25, 0.75], [0, -1]], dtype=np.float32)) for _ in range(levels - 1)],
    }
    with open(path, "wb") as f:
        pickle.dump(data, f, protocol=3)


def main():
    s = state()
    torch.save(s, os.path.join(HERE, "zip.pth"))
    torch.save(s, os.path.join(HERE, "legacy.pth"), _use_new_zipfile_serialization=False)
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    lightning = {
        "epoch": 3, "global_step": 12, "pytorch-lightning_version": "1.9.0",
        "state_dict": collections.OrderedDict(("model." + k, v) for k, v in s.items()),
        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [], "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.5)}},
        "hyper_parameters": {"rate": np.float64(1e-3), "sizes": (1, 2), "flag": None},
    }
    torch.save(lightning, os.path.join(HERE, "lightning.ckpt"))
    old_tar(os.path.join(HERE, "tar.pth"), collections.OrderedDict((k, s[k]) for k in ("conv.weight", "ints", "bn.num_batches_tracked")))
    np.save(os.path.join(HERE, "c_f8.npy"), np.arange(6.0).reshape(2, 3))
    np.save(os.path.join(HERE, "fortran_f4.npy"), np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)))
    np.save(os.path.join(HERE, "u4.npy"), np.array([1, 4294967295], dtype=np.uint32))
    np.save(os.path.join(HERE, "big_endian_i8.npy"), np.array([[1], [-2]], dtype=">i8"))
    mano_like(os.path.join(HERE, "mano.pkl"))
    transform_like(os.path.join(HERE, "transform.pkl"))
    with open(os.path.join(HERE, "protocol5.pkl"), "wb") as f:
        pickle.dump({"a": np.arange(6, dtype=np.int32).reshape(2, 3), "text": "gr\u00fc\u00df"}, f, protocol=5)
    with open(os.path.join(HERE, "protocol0.pkl"), "wb") as f:
        pickle.dump({"a": np.arange(6, dtype=np.int32).reshape(2, 3), "text": "gr\u00fc\u00df \U0001f44d", "n": [1, -2.5, True, None, 1 << 70]}, f, protocol=0)


if __name__ == "__main__":
    main()
