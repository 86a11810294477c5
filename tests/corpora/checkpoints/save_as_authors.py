"""Saves the tensors of a safetensors file with torch.save as the authors of a system released theirs.

Usage: save_as_authors.py SYSTEM zip|legacy WEIGHTS.safetensors FOLDER [TABLES.safetensors]
Prints the paths of the checkpoints, a line each. With tables, also writes transform.pkl (scipy matrices) from their mesh levels.
"""
import collections
import json
import os
import pickle
import struct
import sys

import numpy as np
import torch

DTYPES = {"F32": np.float32, "F64": np.float64, "I32": np.int32, "I64": np.int64}
GRAPHHAND = ("net_hm", "net_feat_mesh", "net_mesh_pose")


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: np.frombuffer(data[slice(*entry["data_offsets"])], DTYPES[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()}


def state(weights, prefix=""):
    tensors = collections.OrderedDict()
    for name, value in weights.items():
        tensors[prefix + name] = torch.from_numpy(value.copy())
        if name.endswith("running_var"):
            tensors[prefix + name.replace("running_var", "num_batches_tracked")] = torch.tensor(7)
    return tensors


def files(system, weights):
    """File name and content, as each repository's training script saves them."""
    if system == "handdgp":
        yield "handdgp.ckpt", {"epoch": 1, "pytorch-lightning_version": "1.9.0", "state_dict": state(weights, "model."),
                               "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.5)}}, "optimizer_states": []}
    elif system == "mobrecon":
        yield "mobrecon.pt", {"epoch": 1, "model_state_dict": state(weights), "optimizer_state_dict": {"state": {}, "param_groups": [{"lr": 1e-3}]}}
    elif system == "graphhand":
        for part in GRAPHHAND:
            yield part + ".pth", state({name[len(part) + 1:]: value for name, value in weights.items() if name.startswith(part + ".")}, "module.")
    elif system == "handar":
        parts = collections.OrderedDict()
        for name, value in weights.items():
            part, key = name.split(".", 1)
            parts.setdefault(part, {})[key] = value
        yield "snapshot_24.pth.tar", {"epoch": 24, **{part: state(tensors) for part, tensors in parts.items()}}
    else:
        yield "trained.pth", state(weights, "module.")


def transform(tables, path):
    import scipy.sparse as sp
    levels = range(sum(f"level{n}.vertices" in tables for n in range(9)))
    vertices = [tables[f"level{n}.vertices"] for n in levels]
    matrices = []
    for n in levels[:-1]:
        column, value = tables[f"up{n}.col"], tables[f"up{n}.val"]
        row = np.repeat(np.arange(len(column)), column.shape[1])
        matrices.append(sp.csc_matrix((value.ravel(), (row, column.ravel())), (len(column), len(vertices[n + 1]))))
    with open(path, "wb") as file:
        pickle.dump({"vertices": vertices, "face": [tables[f"level{n}.faces"].astype(np.uint32) for n in levels], "up_transform": matrices}, file, protocol=3)


def main():
    system, container, weights, folder = sys.argv[1:5]
    for name, content in files(system, read(weights)):
        path = os.path.join(folder, name)
        torch.save(content, path, _use_new_zipfile_serialization=container == "zip")
        print(path)
    if len(sys.argv) > 5:
        transform(read(sys.argv[5]), os.path.join(folder, "transform.pkl"))


if __name__ == "__main__":
    main()
