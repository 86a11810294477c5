"""`handdgp` as a PyTorch module (Valassakis and Garcia-Hernando, ECCV 2024), from docs/systems/handdgp.md, whose sections are cited.

The keys of `state_dict` are those of the released checkpoint; a buffer holds what the checkpoint holds as a table. The spirals are
not in the checkpoint: `HandDgp.spiral_tables` gives them under the names that `handmesh convert --tables` reads.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import tables
from blocks import ResNet

SIZE, FOCAL, CENTRE, UNIT = 224, 1000.0, 112.0, 0.2        # canonical camera (2.2), metres per unit (3.6)
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
WIDTHS = (256, 256, 128, 64, 32)                           # vertex features from 49 to 778 vertices (3.3)
LENGTH = 9


def rings(faces):
    """Clockwise neighbours of every vertex as OpenMesh walks them (4.1), by vertex."""
    third, last = {}, {}
    for a, b, c in faces.tolist():
        third[a, b], third[b, c], third[c, a] = c, a, b
        last[a], last[b], last[c] = b, c, a
    start = dict(last)
    for p, v in third:
        if (v, p) not in third:
            start[v] = p                                   # the rim: the walk covers the whole fan from here
    out = {}
    for v, first in start.items():
        ring, n = [], first
        while True:
            ring.append(n)
            n = third.get((n, v))
            if n is None or n == first:
                break
        out[v] = ring
    return out


def spirals(vertices, faces, length=LENGTH):
    """int64 [V, length], section 4.1."""
    ring_of = rings(faces)
    out = np.zeros((len(vertices), length), np.int64)

    def beyond(previous, seen):
        members, found = set(previous), []
        for v in previous:
            ring = ring_of.get(v, [])
            at = next((i for i, q in enumerate(ring) if q in members), None)
            for q in ring if at is None else ring[at + 1:] + ring[:at]:
                if q not in members and q not in seen and q not in found:
                    found.append(q)
        return found

    for v in range(len(vertices)):
        ring = ring_of.get(v, [])
        walk = [v]
        following = beyond(ring, walk)
        walk += ring
        while len(walk) + len(following) < length and following:
            ring = following
            following = beyond(ring, walk)
            walk += ring
        walk += following
        if not following:
            walk = np.argsort(((vertices - vertices[v]) ** 2).sum(1), kind="stable").tolist()
        out[v] = walk[:length]
    return out


class SpiralConv(nn.Module):
    """Depth-wise over the spiral, then point-wise; no bias (3.3)."""

    def __init__(self, cin, cout):
        super().__init__()
        self.spatial_layer = nn.Conv2d(cin, cin, 3, groups=cin, bias=False)
        self.channel_layer = nn.Linear(cin, cout, bias=False)

    def forward(self, x, spiral):
        return self.channel_layer((x[:, spiral] * self.spatial_layer.weight.flatten(1).t()).sum(2))


class SpiralLayer(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = SpiralConv(cin, cout)


class Decoder3d(nn.Module):
    """Keypoint features to the mesh (3.3, steps 2 to 9)."""

    def __init__(self, ups):
        super().__init__()
        self.preprocess_layer = nn.Sequential(nn.Conv2d(256, 256, 1, bias=False))
        self.upsample_matrix = nn.Parameter(torch.randn(ups[3].shape[1], 21) / 21 ** 0.5)
        self.up_transform = nn.ParameterList([nn.Parameter(torch.from_numpy(u), requires_grad=False) for u in ups])
        self.spiral_layers = nn.ModuleList(SpiralLayer(a, b) for a, b in zip(WIDTHS, WIDTHS[1:]))
        self.final_layer = SpiralConv(WIDTHS[-1], 3)

    def forward(self, latent, points, spiral, keep):
        keep["net.preprocess"] = self.preprocess_layer(latent)
        keep["net.sampled"] = sample(keep["net.preprocess"], points)
        keep["net.lift"] = x = self.upsample_matrix @ keep["net.sampled"]
        for n, layer in enumerate(self.spiral_layers):
            level = 3 - n
            keep["net.spiral%d" % n] = x = F.relu(layer.conv(self.up_transform[level] @ x, spiral[level]))
        return self.final_layer(x, spiral[0])


class HandDgp(nn.Module):
    def __init__(self, levels, regressor, depth=50):
        super().__init__()
        self.levels = levels
        self.backbone = ResNet(depth)
        wide = self.backbone.channels[4]
        self.decoder2d_latent = nn.Conv2d(wide, 21, 1)
        self.decoder2d = nn.Sequential(
            nn.Sequential(nn.Linear(49, 224, bias=False), nn.Hardtanh(0, 4)),
            nn.Sequential(nn.Linear(224, 112, bias=False), nn.Hardtanh(0, 4)),
            nn.Sequential(nn.Linear(112, 2, bias=False)))
        self.decoder3d_latent = nn.Sequential(nn.Conv2d(wide, 256, 1), nn.ReLU())
        self.decoder3d = Decoder3d([levels[k + 1]["up"].toarray().astype(np.float32) for k in range(4)])
        self.decoderw_latent = nn.Sequential(
            nn.Conv2d(wide, 1024, 1), nn.BatchNorm2d(1024), nn.LeakyReLU(0.01), nn.Conv2d(1024, 97, 1))
        self.decoderw = nn.Sequential(
            nn.Linear(97 * 21, 512), nn.LeakyReLU(0.01), nn.Linear(512, 256), nn.LeakyReLU(0.01), nn.Linear(256, 21))
        self.register_buffer("j_reg", torch.from_numpy(regressor.astype(np.float32))[None])
        self.spiral = [torch.from_numpy(spirals(levels[k]["v"], levels[k]["f"])) for k in range(4)]

    def forward(self, x):
        spiral = [s.to(x.device) for s in self.spiral]
        keep = {}
        for n, map_ in enumerate(self.backbone(x)[1:], 1):
            keep["net.layer%d" % n] = map_
        deep = keep["net.layer4"]
        keep["net.latent2d"] = self.decoder2d_latent(deep).flatten(2)
        points = self.decoder2d(keep["net.latent2d"])
        keep["net.latent3d"] = self.decoder3d_latent(deep)
        vertices = self.decoder3d(keep["net.latent3d"], points, spiral, keep)
        keep["net.latent_w"] = self.decoderw_latent(deep)
        keep["net.w_feat"] = sample(keep["net.latent_w"], points).transpose(1, 2).flatten(1)
        keep["net.w_logits"] = self.decoderw(keep["net.w_feat"])
        weight = torch.sigmoid(keep["net.w_logits"])
        joints = self.j_reg @ (UNIT * vertices)
        root, fit = solve_root(joints, points, weight)
        return dict(uv=points, mesh_rel=vertices, weight=weight, joints_rel=joints, root=root, fit=fit), keep

    def spiral_tables(self):
        """What a converted file holds beside the checkpoint."""
        named = {"level%d.spiral" % k: s.numpy().astype(np.int32) for k, s in enumerate(self.spiral)}
        named["faces"] = self.levels[0]["f"].astype(np.int32)
        return named


def sample(map_, points):
    """Features [B, 21, C] of a map at keypoints in fractions of the crop, clamped to it (3.5)."""
    at = points.clamp(0, 1) * 2 - 1
    return F.grid_sample(map_, at[:, :, None], mode="bilinear", padding_mode="zeros", align_corners=True)[:, :, :, 0].transpose(1, 2)


def solve_root(joints, points, weight):
    """Weighted least squares of the translation [B, 3] in metres, centred form (3.6), and D / S, which says how far to trust it.

    joints [B, 21, 3] metres, points [B, 21, 2] fractions of the rectified crop, weight [B, 21]. An image whose points lie in one place
    (D / S under 1e-9) gets no gradient.
    """
    ray = (points * SIZE - CENTRE) / FOCAL
    s = (weight * weight)[:, :, None]
    rest = joints[:, :, :2] - joints[:, :, 2:] * ray
    total = s.sum(1).clamp_min(1e-12)
    centre, mean = (s * ray).sum(1) / total, (s * rest).sum(1) / total
    spread = ray - centre[:, None]
    d = (s * spread * spread).sum((1, 2))
    fit = d / total[:, 0]
    bad = fit < 1e-9
    z = (s * spread * (rest - mean[:, None])).sum((1, 2)) / torch.where(bad, torch.ones_like(d), d)
    root = torch.cat([centre * z[:, None] - mean, z[:, None]], 1)
    return torch.where(bad[:, None], root.detach(), root), fit


def project(points):
    """Camera space [..., 3] metres to fractions of the rectified crop; depths under 5 cm count as 5 cm."""
    z = points[..., 2:].clamp_min(0.05)
    return (FOCAL * points[..., :2] / z + CENTRE) / SIZE


def build(vertices, faces, regressor, depth=50):
    """An untrained network around the tables of a mesh."""
    return HandDgp(tables.hierarchy(vertices, faces, 4), regressor, depth)
