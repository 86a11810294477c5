"""Executable reference of `pixelaligned` (Pixel-Aligned Non-parametric Hand Mesh Reconstruction, anonymous),
written from the paper; the reading of every open point is in docs/systems/pixelaligned.md 9.

    python3 pixelaligned.py FOLDER     write the parity cases dev-0.safetensors and dev-1.safetensors (stand-in weights) there
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import synth
import tables
from blocks import ConvBlock, ResNet, SIZE, fill, forward, placed, resize, write_cases

LEVELS = (4, 3, 2, 1)                                  # coarse to fine: 98, 195, 389, 778 vertices; 7 .. 56 pixels
HOURGLASS = {4: 256, 3: 128, 2: 64, 1: 64}             # channels of H_s
FUSED = {4: 256, 3: 128, 2: 64, 1: 64}                 # channels of Q_s
WIDTH = {4: 256, 3: 128, 2: 64, 1: 64}                 # vertex features
HEADS, SPIRAL, UNIT = 4, 9, 0.2
GAINS = ((".norm.weight", 2.0), (".offset.weight", 0.125), ("weak_camera.fc.weight", 0.25))   # of the synthetic weights


class Extractor(nn.Module):
    """2D feature extractor: Q_4 .. Q_1 (equation 1)."""

    def __init__(self, channels):
        super().__init__()
        below = None
        for s in LEVELS:
            setattr(self, "h%d" % s, ConvBlock(channels[s] + (HOURGLASS[below] if below else 0), HOURGLASS[s]))
            setattr(self, "q%d" % s, nn.Conv2d(channels[s] + HOURGLASS[s], FUSED[s], 1))
            below = s

    def forward(self, feats):
        q, h = {}, None
        for s in LEVELS:
            f = feats[s]
            h = getattr(self, "h%d" % s)(f if h is None else torch.cat([resize(h, f.shape[2]), f], 1))
            q[s] = getattr(self, "q%d" % s)(torch.cat([f, h], 1))
        return q


class WeakCamera(nn.Module):
    """Weak-perspective camera (scale, tx, ty) from the globally pooled deepest feature."""

    def __init__(self, channels):
        super().__init__()
        self.fc = nn.Linear(channels, 3)
        self.register_buffer("mean", torch.tensor([1.6, 0.0, -0.67]))

    def forward(self, f4):
        return self.fc(f4.mean((2, 3))) + self.mean


class Mesh(nn.Module):
    """Fixed tables, part of the checkpoint (`mesh.*`)."""

    def __init__(self, levels, root):
        super().__init__()
        self.register_buffer("init", torch.from_numpy(((levels[3]["v"] - root) / UNIT).astype(np.float32)))
        for s in LEVELS:
            lv = levels[s - 1]
            self.register_buffer("m%d_spiral" % s, torch.from_numpy(tables.spirals(lv["v"], lv["f"], SPIRAL)))
            if s < 4:
                index, value = tables.padded_rows(levels[s]["up"])
                self.register_buffer("m%d_up_index" % s, torch.from_numpy(index))
                self.register_buffer("m%d_up_value" % s, torch.from_numpy(value))

    def unpool(self, s, x):
        index, value = getattr(self, "m%d_up_index" % s), getattr(self, "m%d_up_value" % s)
        return (x[:, index] * value[None, :, :, None]).sum(2)


class MeshConv(nn.Module):
    """One decoder level: GCN block, self-attention, GCN block, offset head."""

    def __init__(self, cin, width):
        super().__init__()
        self.gcn1 = nn.Linear(SPIRAL * cin, width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.layernorm = nn.LayerNorm(width)
        self.gcn2 = nn.Linear(SPIRAL * width, width)
        self.offset = nn.Linear(SPIRAL * width, 3)

    def forward(self, x, spiral):
        x = F.relu(self.gcn1(x[:, spiral].flatten(2)))
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, w // HEADS).permute(2, 0, 3, 1, 4)
        a = torch.softmax(q @ k.transpose(2, 3) / (w // HEADS) ** 0.5, 3) @ v
        x = self.layernorm(x + self.proj(a.transpose(1, 2).reshape(b, n, w)))
        x = F.relu(self.gcn2(x[:, spiral].flatten(2)))
        return x, self.offset(x[:, spiral].flatten(2))


class PixelAligned(nn.Module):
    def __init__(self, depth, levels, root):
        super().__init__()
        self.encoder = ResNet(depth)
        self.extractor = Extractor(self.encoder.channels)
        self.weak_camera = WeakCamera(self.encoder.channels[4])
        self.mesh = Mesh(levels, root)
        self.decoder = nn.ModuleDict()
        above = 0
        for s in LEVELS:
            self.decoder["m%d" % s] = MeshConv(above + FUSED[s] + 3, WIDTH[s])
            above = WIDTH[s]

    def forward(self, x):
        feats = self.encoder(x)
        q = self.extractor(feats)
        cam = self.weak_camera(feats[4])
        mesh, x, keep = self.mesh.init[None].expand(cam.shape[0], -1, -1), None, {}
        for s in LEVELS:
            if s < 4:
                mesh, x = self.mesh.unpool(s, mesh), self.mesh.unpool(s, x)
            point = cam[:, None, :1] * mesh[:, :, :2] + cam[:, None, 1:]
            g = F.grid_sample(q[s], point[:, :, None], mode="bilinear", padding_mode="border", align_corners=False)
            g = g[:, :, :, 0].transpose(1, 2)
            x = torch.cat(([] if x is None else [x]) + [g, mesh], 2)
            x, offset = self.decoder["m%d" % s](x, getattr(self.mesh, "m%d_spiral" % s))
            mesh = mesh + offset
            keep.update({"q%d" % s: q[s], "g%d" % s: g, "x%d" % s: x, "point%d" % s: point, "mesh%d" % s: mesh})
        return dict(weak_camera=cam, mesh_rel=mesh), keep


def camera_space(cam, mesh_rel, camera):
    """Weak perspective -> metres in the camera frame (x right, y down, z forward)."""
    fx, fy, cx, cy = camera
    s, tx, ty = [float(v) for v in cam]
    z = 2.0 * UNIT * np.sqrt(fx * fy) / (s * SIZE)
    u, v = (tx + 1) * SIZE / 2 - 0.5, (ty + 1) * SIZE / 2 - 0.5
    root = np.array([(u - cx) / fx * z, (v - cy) / fy * z, z])
    return root, mesh_rel.astype(np.float64) * UNIT + root


def build(seed, depth=50, surface=None):
    v, f = surface or tables.load()
    model = PixelAligned(depth, tables.hierarchy(v, f, 3), tables.joint_positions()[0]).eval()
    return fill(model, seed, keep=("mesh.", "weak_camera.mean"), gains=GAINS)


def case(seed, depth=50, image_size=(480, 640), box=(211.0, 122.5, 190.0, 243.0),
         camera=(611.0, 614.5, 318.2, 241.7), surface=None):
    model = build(seed, depth, surface)
    return record(model, synth.image(seed, *image_size), box, camera, tables.joint_regressor((surface or tables.load())[0]))


def record(model, image, box, camera, regressor):
    """Every tensor of a parity case: what the network makes of a picture, stage by stage."""
    res, out, keep = forward(model, image, box, camera)
    cam, rel = out["weak_camera"][0].numpy(), out["mesh_rel"][0].numpy()
    root, mesh = camera_space(cam, rel, res["crop_camera"])
    for s in LEVELS:
        for n in ("q", "point", "g", "x", "mesh"):
            res["%s%d" % (n, s)] = keep["%s%d" % (n, s)].contiguous().numpy()
    res.update(weak_camera=cam, mesh_rel=rel, **placed(root, mesh, regressor))
    res.update({"mesh." + n: b.numpy() for n, b in model.mesh.named_buffers()})
    return res


CASES = {  # the stored parity cases; dev-1 uses the other backbone and a box that leaves the image
    "dev-0": dict(depth=50),
    "dev-1": dict(depth=18, image_size=(270, 360), box=(-14.0, 101.5, 170.0, 131.0),
                  camera=(402.0, 402.0, 179.5, 134.5)),
}


if __name__ == "__main__":
    write_cases(__doc__, "pixelaligned", case, CASES)
