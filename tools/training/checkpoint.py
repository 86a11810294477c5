"""Checkpoints of inceptiongraph and pixelaligned in the layout that `handmesh convert` reads (PyTorch, numpy, scipy).

    python3 checkpoint.py new SYSTEM DEPTH FILE [MESH.obj]     an untrained checkpoint with the tables of that mesh
    python3 checkpoint.py check FILE [MESH.obj]                load it strictly, run it once, say what came out

SYSTEM is inceptiongraph or pixelaligned, DEPTH 18 or 50. Without MESH the synthetic hand is used. The mesh is the
template that the network is to predict: metres, wrist at the origin, right hand, faces counter-clockwise from outside.
"""
import json
import struct
import sys

import numpy as np
import torch

import inceptiongraph
import pixelaligned
import synth
import tables

EXTRAS = ("faces", "joint_regressor")                  # not used by the networks, but by the engine


def build(system, depth, vertices, faces):
    """An untrained network with the fixed tables of a mesh."""
    if system == "inceptiongraph":
        return inceptiongraph.InceptionGraph(depth, tables.coarsen(tables.adjacency(faces, len(vertices)), 4), len(vertices))
    if system == "pixelaligned":
        return pixelaligned.PixelAligned(depth, tables.hierarchy(vertices, faces, 3), np.zeros(3))
    raise ValueError("unknown system %r: give inceptiongraph or pixelaligned" % system)


def save(path, model, system, depth, faces, joint_regressor):
    """Every parameter and buffer under its state_dict key, plus faces [F,3] and joint regressor [21,V]."""
    tensors = {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()}
    tensors["faces"] = np.asarray(faces, np.int32)
    tensors["joint_regressor"] = np.asarray(joint_regressor, np.float32)
    synth.save_safetensors(path, tensors, {"model": system, "backbone": depth})


def load(path, vertices, faces):
    """(model, system, depth) of a saved checkpoint; a missing, extra or mis-shaped key is an error."""
    with open(path, "rb") as f:
        about = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))["__metadata__"]
    tensors = synth.load_safetensors(path)
    model = build(about["model"], int(about["backbone"]), vertices, faces)
    model.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in tensors.items() if k not in EXTRAS}, strict=True)
    return model, about["model"], int(about["backbone"])


def main(arguments):
    if len(arguments) in (4, 5) and arguments[0] == "new":
        system, depth, path = arguments[1], int(arguments[2]), arguments[3]
        vertices, faces = tables.load(*arguments[4:])
        model = build(system, depth, vertices, faces)
        save(path, model, system, depth, faces, tables.joint_regressor(vertices))
        print("%s: %d tensors" % (path, len(model.state_dict()) + len(EXTRAS)))
    elif len(arguments) in (2, 3) and arguments[0] == "check":
        model, system, depth = load(arguments[1], *tables.load(*arguments[2:]))
        with torch.no_grad():
            out, _ = model.eval()(torch.zeros(1, 3, 224, 224))
        print(system, "ResNet-%d:" % depth, ", ".join("%s %s" % (name, list(value.shape)) for name, value in out.items()))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
