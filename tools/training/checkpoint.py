"""Checkpoints in the layout that `handmesh convert` reads (PyTorch, numpy, scipy).

    python3 checkpoint.py new SYSTEM FILE [--backbone 18|50] [--mesh MESH.obj] [--regressor R.npy]   an untrained checkpoint
    python3 checkpoint.py check FILE                                    load it strictly, run it once, say what came out
    python3 checkpoint.py case FILE CASE.safetensors                    a case for `handmesh verify` on a drawn picture

SYSTEM is inceptiongraph, pixelaligned, handdgp, handar or graphhand. Without --mesh the synthetic hand is used. The mesh is the template
that the network is to predict: metres, wrist at the origin, a right hand (graphhand: a left one), faces counter-clockwise from outside.

Beside FILE.safetensors lies FILE.tables.safetensors with what the authors' checkpoints do not hold: `handmesh convert SYSTEM
FILE.safetensors --tables FILE.tables.safetensors`. The checkpoint remembers its mesh, so nothing but FILE is needed to load it.
"""
import argparse
import json
import os
import struct
import sys

import numpy as np
import torch

import graphhand
import handar
import handdgp
import inceptiongraph
import pixelaligned
import synth
import tables

SYSTEMS = ("inceptiongraph", "pixelaligned", "handdgp", "handar", "graphhand")
BACKBONES = {"inceptiongraph": (18, 50), "pixelaligned": (50, 18), "handdgp": (50,), "handar": (50,), "graphhand": (0,)}
BESIDE = ("faces", "joint_regressor")                      # not used by inceptiongraph and pixelaligned, but by the engine


class Template:
    """The mesh that a network predicts: vertices [V, 3] metres, faces [F, 3], joint regressor [21, V]."""

    def __init__(self, vertices=None, faces=None, regressor=None):
        if vertices is None:
            vertices, faces = tables.load()
        self.vertices, self.faces = np.asarray(vertices, np.float64), np.asarray(faces, np.int64)
        self.regressor = tables.joint_regressor(self.vertices) if regressor is None else np.asarray(regressor, np.float64)
        if self.regressor.shape != (21, len(self.vertices)):
            raise ValueError("the joint regressor is %s, but the mesh needs [21, %d]" % (list(self.regressor.shape), len(self.vertices)))


def backbone_of(system, depth=None):
    """The depth of a system's ResNet, or the one asked for if the system has it; 0 for graphhand, which has none."""
    if system not in SYSTEMS:
        raise ValueError("unknown system %r: give %s" % (system, ", ".join(SYSTEMS)))
    if depth is not None and depth not in BACKBONES[system]:
        raise ValueError("%s has no ResNet-%d: %s" % (system, depth, ", ".join("ResNet-%d" % d for d in BACKBONES[system] if d) or "its network is no ResNet"))
    return depth if depth is not None else BACKBONES[system][0]


def build(system, template, depth=None):
    """An untrained network with the fixed tables of a mesh."""
    depth = backbone_of(system, depth)
    v, f = template.vertices, template.faces
    if system == "inceptiongraph":
        return inceptiongraph.InceptionGraph(depth, tables.coarsen(tables.adjacency(f, len(v)), 4), len(v))
    if system == "pixelaligned":
        return pixelaligned.PixelAligned(depth, tables.hierarchy(v, f, 3), (template.regressor @ v)[0])
    if system == "handdgp":
        return handdgp.build(v, f, template.regressor, depth)
    return (handar if system == "handar" else graphhand).build(v, f)


def tables_of(system, model, template):
    """What `handmesh convert` needs beside the checkpoint of a system whose authors' files lack it."""
    if system == "handdgp":
        return model.spiral_tables()
    if system == "graphhand":
        return model.graph_tables
    return {"faces": template.faces.astype(np.int32), "joint_regressor": template.regressor.astype(np.float32)}


def save(path, model, system, template, depth=None):
    """Writes the checkpoint, and the tables beside it; returns both paths."""
    beside = tables_of(system, model, template)
    state = {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()}
    if system in ("inceptiongraph", "pixelaligned"):
        state.update(beside)
    replace(path, state, {"model": system, "backbone": backbone_of(system, depth)})
    second = path[:-len(".safetensors")] + ".tables.safetensors"
    mesh = {"mesh.vertices": template.vertices, "mesh.faces": template.faces, "mesh.regressor": template.regressor}
    replace(second, {**beside, **mesh}, {"model": system})
    return path, second


def replace(path, tensors, metadata):
    """Writes a file that appears whole or not at all."""
    synth.save_safetensors(path + ".part", tensors, metadata)
    os.replace(path + ".part", path)


def load(path):
    """(model, system, template, depth) of a saved checkpoint; a missing, extra or mis-shaped key is an error."""
    with open(path, "rb") as f:
        about = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))["__metadata__"]
    mesh = synth.load_safetensors(path[:-len(".safetensors")] + ".tables.safetensors")
    template = Template(mesh["mesh.vertices"], mesh["mesh.faces"], mesh["mesh.regressor"])
    system, depth = about["model"], int(about["backbone"])
    model = build(system, template, depth)
    state = {k: torch.from_numpy(v.copy()) for k, v in synth.load_safetensors(path).items() if k not in BESIDE}
    model.load_state_dict(state, strict=True)
    return model, system, template, depth


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new")
    new.add_argument("system", choices=SYSTEMS)
    new.add_argument("file")
    new.add_argument("--backbone", type=int)
    new.add_argument("--mesh")
    new.add_argument("--regressor")
    for name in ("check", "case"):
        commands.add_parser(name).add_argument("file")
    commands.choices["case"].add_argument("case")
    given = parser.parse_args(arguments)
    if not given.file.endswith(".safetensors"):
        sys.exit("%s: name a .safetensors file" % given.file)
    if given.command == "new":
        mesh = tables.load(given.mesh) if given.mesh else (None, None)
        if given.mesh and not given.regressor:
            sys.exit("--mesh needs --regressor: a .npy of [21, V], rows wrist, thumb, index, middle, ring, little, base to tip")
        template = Template(*mesh, np.load(given.regressor) if given.regressor else None)
        torch.manual_seed(0)
        model = build(given.system, template, given.backbone)
        print("%s and %s: %d tensors" % (*save(given.file, model, given.system, template, given.backbone), len(model.state_dict())))
        return
    model, system, template, depth = load(given.file)
    if given.command == "check":
        from views import SIZES
        with torch.no_grad():
            out, _ = model.eval()(torch.zeros(1, 3, SIZES[system], SIZES[system]))
        print(system, "ResNet-%d:" % depth if depth else "", ", ".join("%s %s" % (name, list(value.shape)) for name, value in out.items()))
    else:
        import cases
        cases.write(given.case, model, system, template, depth)


if __name__ == "__main__":
    main(sys.argv[1:])
