"""`handar` as a PyTorch module (Tang, Wang, Fu, ICCV 2021), from docs/systems/handar.md, whose sections are cited.

The keys of `state_dict` are those of the released checkpoint, the heads used in training only (`segmentation_net.*`,
`posenet.conv_x` ...) included; `handmesh convert` skips them. Inputs of 64 to 256 pixels work, coordinates always run from 0 to 64.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import tables
from blocks import ResNet

BINS, UNIT = 64, 0.3                                       # heat-map units of a crop; metres of depth in 64 units


def deconvolutions(cin):
    """Three times: transposed convolution, norm, ReLU (3.2)."""
    layers = []
    for c in (cin, 256, 256):
        layers += [nn.ConvTranspose2d(c, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU()]
    return nn.Sequential(*layers)


class Lixels(nn.Module):
    """One-dimensional heat maps over a deconvolved map and a pooled vector: `points` coordinates by soft-argmax (3.4)."""

    def __init__(self, points, wide=2048):
        super().__init__()
        self.deconv = deconvolutions(wide)
        self.conv_x = nn.Sequential(nn.Conv1d(256, points, 1))
        self.conv_y = nn.Sequential(nn.Conv1d(256, points, 1))
        self.conv_z_1 = nn.Sequential(nn.Conv1d(wide, 256 * BINS, 1), nn.BatchNorm1d(256 * BINS), nn.ReLU())
        self.conv_z_2 = nn.Sequential(nn.Conv1d(256, points, 1))

    def read(self, map_, pooled, keep=None):
        feature = {"x": map_.mean(2), "y": map_.mean(3), "z": self.conv_z_1(pooled[:, :, None])[:, :, 0].view(-1, 256, BINS)}
        heat = {"x": self.conv_x(feature["x"]), "y": self.conv_y(feature["y"]), "z": self.conv_z_2(feature["z"])}
        if keep is not None:
            keep.update({"mesh_feat_" + k: v for k, v in feature.items()})
            keep.update({"heat_" + k: v for k, v in heat.items()})
        return torch.stack([soft_argmax(heat[k]) for k in "xyz"], 2)


class PoseNet(Lixels):
    """The joint decoder (3.2); its lixel heads are for training only."""

    def __init__(self):
        super().__init__(21)
        self.conv = nn.Sequential(nn.Conv2d(256, 64, 3, 1, 1), nn.BatchNorm2d(64), nn.ReLU())


class Gin(nn.Module):
    """Graph isomorphism convolution: self and neighbours summed, two linear layers (3.6)."""

    def __init__(self, cin, middle, cout):
        super().__init__()
        self.register_buffer("eps", torch.zeros(1))
        self.nn = nn.Sequential(nn.Linear(cin, middle), nn.ReLU(), nn.Linear(middle, cout))

    def forward(self, x, edges):
        total = (1 + self.eps) * x
        return self.nn(total.index_add(1, edges[0], x[:, edges[1]]))


def over_vertices(norm, x):
    return norm(x.transpose(1, 2)).transpose(1, 2)


class GinHead(nn.Module):
    def __init__(self, cin, middle, cout):
        super().__init__()
        self.conv = Gin(cin, middle, cout)
        self.bn = nn.BatchNorm1d(cout)                     # the tail's is in the checkpoint and never applied


class GinResidual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = Gin(64, 64, 64), nn.BatchNorm1d(64)
        self.conv2, self.bn2 = Gin(64, 64, 64), nn.BatchNorm1d(64)

    def forward(self, x, edges):
        y = F.relu(over_vertices(self.bn1, self.conv1(x, edges)))
        return F.relu(over_vertices(self.bn2, self.conv2(y, edges))) + x


class Refiner(nn.Module):
    def __init__(self, cin):
        super().__init__()
        self.head = GinHead(cin, 256, 64)
        self.res1, self.res2, self.res3 = GinResidual(), GinResidual(), GinResidual()
        self.tail = GinHead(64, 32, 3)

    def forward(self, x, edges, keep):
        keep["gcn_head"] = x = F.relu(over_vertices(self.head.bn, self.head.conv(x, edges)))
        for block in (self.res1, self.res2, self.res3):
            x = block(x, edges)
        keep["gcn_res3"] = x
        return self.tail.conv(x, edges)


class SegmentationNet(nn.Module):
    """Hand mask at half the input's resolution; training only. No activation after `fusion4` and inside `predict_head`."""

    def __init__(self):
        super().__init__()
        for n, (cin, cout) in enumerate(((2048, 1024), (1024, 512), (512, 256), (256, 64)), 1):
            setattr(self, "conv%d" % n, nn.Conv2d(cin, cout, 1))
            setattr(self, "fusion%d" % n, nn.Conv2d(cout, cout, 3, 1, 1))
            if n < 4:
                setattr(self, "bn%d" % n, nn.BatchNorm2d(cout))
        self.predict_head = nn.Sequential(nn.Conv2d(64, 16, 3, 1, 1), nn.Conv2d(16, 2, 1))

    def forward(self, deep, maps):
        x = deep
        for n, other in enumerate(maps, 1):
            x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = getattr(self, "fusion%d" % n)(getattr(self, "conv%d" % n)(x) + other)
            if n < 4:
                x = F.relu(getattr(self, "bn%d" % n)(x))
        return F.log_softmax(self.predict_head(x), 1)


class HandAr(nn.Module):
    """`drop_edge` is the share of edges left out of each training step; the released configuration does not state it."""

    def __init__(self, vertices, faces, drop_edge=0.0):
        super().__init__()
        self.pose_backbone = ResNet(50)
        self.posenet = PoseNet()
        self.mesh_backbone = ResNet(50, stem=False)
        self.mesh_net = Lixels(vertices)
        self.gcn = Refiner(3 + 3 + 64 + 64 + 256 + 512)
        self.global_img_feat = nn.Sequential(nn.Sequential(nn.Conv1d(2048, 512, 1)))
        self.segmentation_net = SegmentationNet()
        self.drop_edge = drop_edge
        both = tables.edges(np.asarray(faces, np.int64))
        self.edge_list = torch.from_numpy(both)

    def edges(self, device):
        e = self.edge_list
        if self.training and self.drop_edge > 0:
            e = e[torch.rand(len(e)) >= self.drop_edge]
        return torch.cat([e, e.flip(1)]).t().to(device)

    def forward(self, x):
        keep = {}
        stem = F.relu(self.pose_backbone.bn1(self.pose_backbone.conv1(x)))
        pooled = F.max_pool2d(stem, 3, 2, 1)
        y = pooled
        for n in range(1, 5):
            y = getattr(self.pose_backbone, "layer%d" % n)(y)
        keep["pose_c5"] = y
        decoded = self.posenet.deconv(y)
        keep["joint_feat"] = joint_feat = self.posenet.conv(decoded)
        maps, y = [], joint_feat + pooled
        for n in range(1, 5):
            y = getattr(self.mesh_backbone, "layer%d" % n)(y)
            maps.append(y)
        keep["mesh_c5"] = y
        mean = y.mean((2, 3))
        rough = self.mesh_net.read(self.mesh_net.deconv(y), mean, keep)
        keep["global_feat"] = everywhere = self.global_img_feat[0](mean[:, :, None])[:, :, 0]
        at = rough[:, :, None, :2] / 32 - 1
        local = [F.grid_sample(m, at, mode="bilinear", padding_mode="zeros", align_corners=False)[:, :, :, 0].transpose(1, 2)
                 for m in (x, stem, pooled, maps[0])]
        keep["gcn_local"] = torch.cat([rough] + local, 2)
        features = torch.cat([keep["gcn_local"], everywhere[:, None].expand(-1, rough.shape[1], -1)], 2)
        keep["gcn_offset"] = offset = self.gcn(features, self.edges(x.device), keep)
        out = dict(rough_mesh=rough, mesh_hm=rough + offset)
        if self.training:
            out["joints_hm"] = self.posenet.read(decoded, mean)
            out["mask"] = self.segmentation_net(y, [maps[2], maps[1], maps[0], stem])
        return out, keep


def soft_argmax(heat):
    """Expected coordinate of [B, points, bins] in heat-map units, 64 to a crop whatever the number of bins."""
    coordinate = torch.arange(heat.shape[2], dtype=heat.dtype, device=heat.device) * (BINS / heat.shape[2])
    return (torch.softmax(heat, 2) * coordinate).sum(2)


def build(vertices, faces):
    return HandAr(len(vertices), faces)
