"""Executable reference of `inceptiongraph` (Li, Chan, Zhou: 3D Hand Mesh Recovery from Monocular RGB in Camera
Space), written from the paper; the reading of every open point is in docs/systems/inceptiongraph.md 9.

    python3 inceptiongraph.py FOLDER     write the parity cases dev-0.safetensors and dev-1.safetensors (stand-in weights) there
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import synth
import tables
from blocks import ConvBlock, ResNet, SIZE, fill, forward, placed, resize, write_cases

JOINTS, BINS, EMBED, QUERIES, PATCH, LOW = 21, 64, 128, 128, 8, 14
WIDTHS = (128, 64, 64)                                 # graph features at the coarse, middle and fine level
LEVELS = (4, 2, 0)                                     # tree levels used by the mesh decoder
UNIT = 0.2                                             # metres per network unit of the relative mesh
GAINS = ((".norm.weight", 2.0), ("mesh_decoder.head.weight", 0.125), ("joint_mlp.fc2.weight", 0.125))


class Hourglass(nn.Module):
    """2D feature aggregation: T [B,64,112,112]."""

    def __init__(self, channels):
        super().__init__()
        _, c1, c2, c3, c4 = channels
        self.up1 = ConvBlock(c4 + c3, 256)
        self.up2 = ConvBlock(256 + c2, 128)
        self.up3 = ConvBlock(128 + c1, 64)
        self.up4 = ConvBlock(64, 64)

    def forward(self, x1, x2, x3, x4):
        y = self.up1(torch.cat([resize(x4, 14), x3], 1))
        y = self.up2(torch.cat([resize(y, 28), x2], 1))
        y = self.up3(torch.cat([resize(y, 56), x1], 1))
        return self.up4(resize(y, 112))


class PosePool(nn.Module):
    """Equation (1): pose-aligned feature [B,21,14,14]."""

    def __init__(self):
        super().__init__()
        self.theta = ConvBlock(64, 64)
        self.align = nn.Conv2d(64, JOINTS, 1)

    def forward(self, t):
        down = resize(F.max_pool2d(t, 3, 2, 1), LOW)
        return self.align(self.theta(down * resize(t, LOW)))


class JointMlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(LOW * LOW, 32)
        self.fc2 = nn.Linear(32, 2)

    def forward(self, tp):
        return self.fc2(F.relu(self.fc1(tp.flatten(2))))


class MeshEncoder(ResNet):
    """Residual network: (T, T^l) -> latent vector T^a."""

    def __init__(self, depth):
        super().__init__(depth, stem=False)
        self.reduce = nn.Sequential(ConvBlock(64 + JOINTS, 64 + JOINTS), ConvBlock(64 + JOINTS, 128),
                                    ConvBlock(128, 64, 1, relu=False))

    def forward(self, x):
        return super().forward(self.reduce(x))[4].mean((2, 3))


class Inception(nn.Module):
    """Three Chebyshev convolutions with 1-, 2- and 3-hop reach on one shared basis -> concat -> norm."""

    def __init__(self, cin, cout):
        super().__init__()
        self.hop1 = nn.Linear(2 * cin, cout // 4)
        self.hop2 = nn.Linear(3 * cin, cout // 4)
        self.hop3 = nn.Linear(4 * cin, cout // 2)
        self.norm = nn.BatchNorm1d(cout)

    def forward(self, x, lap):
        basis = chebyshev(x, lap, 4)                   # [B,V,4*cin]
        c = x.shape[2]
        y = torch.cat([self.hop1(basis[:, :, :2 * c]), self.hop2(basis[:, :, :3 * c]), self.hop3(basis)], 2)
        return self.norm(y.transpose(1, 2)).transpose(1, 2)


class InceptionGraphBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.stage1 = Inception(cin, cout)
        self.stage2 = Inception(cout, cout)
        self.squeeze = nn.Linear(cout, cout // 16)
        self.excite = nn.Linear(cout // 16, cout)
        self.shortcut = nn.Linear(cin, cout) if cin != cout else None

    def forward(self, x, lap):
        y = self.stage2(F.relu(self.stage1(x, lap)), lap)
        y = y * torch.sigmoid(self.excite(F.relu(self.squeeze(y.mean(1))))).unsqueeze(1)
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class Graph(nn.Module):
    """Fixed tables, part of the checkpoint (`graph.*`): scaled Laplacian rows and the vertex positions."""

    def __init__(self, tree, count):
        super().__init__()
        self.nodes = [tree["adjacency"][k].shape[0] for k in LEVELS]
        for k in LEVELS:
            index, value = tables.padded_rows(tree["scaled"][k])
            self.register_buffer("level%d_index" % k, torch.from_numpy(index))
            self.register_buffer("level%d_value" % k, torch.from_numpy(value))
        self.register_buffer("position", torch.from_numpy(np.argsort(tree["perm"], kind="stable")[:count].copy()))

    def laplacian(self, k):
        index, value = getattr(self, "level%d_index" % k), getattr(self, "level%d_value" % k)
        return lambda x: (x[:, index] * value[None, :, :, None]).sum(2)


def chebyshev(x, lap, terms):
    out = [x, lap(x)]
    while len(out) < terms:
        out.append(2 * lap(out[-1]) - out[-2])
    return torch.cat(out[:terms], 2)


class MeshDecoder(nn.Module):
    """Inception Graph Network: latent -> relative mesh [B,778,3] in network units."""

    def __init__(self, latent, coarse_nodes):
        super().__init__()
        self.coarse = coarse_nodes
        self.fc = nn.Linear(latent, coarse_nodes * WIDTHS[0])
        self.block1 = InceptionGraphBlock(WIDTHS[0], WIDTHS[0])
        self.block2 = InceptionGraphBlock(WIDTHS[0], WIDTHS[1])
        self.block3 = InceptionGraphBlock(WIDTHS[1], WIDTHS[2])
        self.head = nn.Linear(3 * WIDTHS[2], 3)

    def forward(self, latent, graph, keep):
        x = self.fc(latent).view(-1, self.coarse, WIDTHS[0])
        for n, k in enumerate(LEVELS):
            lap = graph.laplacian(k)
            if n:
                x = x.repeat_interleave(4, 1)
            x = getattr(self, "block%d" % (n + 1))(x, lap)
            keep["graph%d" % k] = x
        return self.head(chebyshev(x, lap, 3))[:, graph.position]


class DepthNet(nn.Module):
    """Root depth divided by the focal length, millimetres per pixel."""

    def __init__(self):
        super().__init__()
        self.decode_t = nn.Conv2d(64, EMBED, 1)
        self.decode_p = nn.Conv2d(JOINTS, EMBED, 1)
        self.embed = nn.Conv2d(EMBED, EMBED, PATCH, PATCH)
        self.conv_block = nn.Sequential(ConvBlock(EMBED, EMBED), ConvBlock(EMBED, EMBED))
        self.key = ConvBlock(EMBED, EMBED, 1, relu=False)
        self.value = ConvBlock(EMBED, EMBED, 1, relu=False)
        self.regressor = nn.Sequential(nn.Conv1d(EMBED, 256, 1), nn.LeakyReLU(0.01), nn.Conv1d(256, 256, 1),
                                       nn.LeakyReLU(0.01), nn.Conv1d(256, BINS, 1))
        self.align = nn.Sequential(nn.Conv1d(EMBED, EMBED, 1), nn.BatchNorm1d(EMBED), nn.ReLU(),
                                   nn.Conv1d(EMBED, BINS, 1))
        self.register_buffer("range", torch.tensor([0.3, 3.0]))

    def forward(self, t, tp, keep):
        tokens = self.conv_block(self.embed(self.decode_t(t))).flatten(2)            # [B,128,196]
        query = tokens[:, :, :QUERIES]                                               # [B,128,128]
        y = F.relu(self.regressor(query).mean(2)) + 0.1
        width = y / y.sum(1, keepdim=True)
        centre = self.range[0] + (self.range[1] - self.range[0]) * (torch.cumsum(width, 1) - width / 2)
        p = self.decode_p(tp)
        key, value = self.key(p).flatten(2), self.value(p).flatten(2)                # [B,128,196]
        weight = torch.softmax(query.transpose(1, 2) @ key / EMBED ** 0.5, 2)        # [B,128 queries,196]
        attended = query + (weight @ value.transpose(1, 2)).transpose(1, 2)
        prob = torch.softmax(self.align(attended).mean(2), 1)
        keep.update(query=query, bin_width=width, bin_centre=centre, attended=attended, bin_prob=prob)
        return (prob * centre).sum(1)


class InceptionGraph(nn.Module):
    def __init__(self, depth, tree, count):
        super().__init__()
        self.encoder = ResNet(depth)
        self.hourglass = Hourglass(self.encoder.channels)
        self.pose_pool = PosePool()
        self.joint_mlp = JointMlp()
        self.mesh_encoder = MeshEncoder(depth)
        self.graph = Graph(tree, count)
        self.mesh_decoder = MeshDecoder(self.encoder.channels[4], self.graph.nodes[0])
        self.depth_net = DepthNet()

    def forward(self, x):
        keep = {}
        t = self.hourglass(*self.encoder(x)[1:])
        tp = self.pose_pool(t)
        uv = self.joint_mlp(tp)
        latent = self.mesh_encoder(torch.cat([t, resize(tp, 112)], 1))
        mesh = self.mesh_decoder(latent, self.graph, keep)
        depth = self.depth_net(t, tp, keep)
        keep.update(t=t, tp=tp, latent=latent)
        return dict(uv=uv, mesh_rel=mesh, depth_norm=depth), keep


def camera_space(uv, mesh_rel, depth_norm, camera):
    """Root from joint 0 and the depth; everything in metres, camera frame x right, y down, z forward."""
    fx, fy, cx, cy = camera
    z = float(depth_norm) * np.sqrt(fx * fy) / 1000.0
    u, v = uv[0].astype(np.float64) * SIZE
    root = np.array([(u - cx) / fx * z, (v - cy) / fy * z, z])
    return root, mesh_rel.astype(np.float64) * UNIT + root


def build(seed, depth=18, surface=None):
    v, f = surface or tables.load()
    model = InceptionGraph(depth, tables.coarsen(tables.adjacency(f, len(v)), 4), len(v)).eval()
    return fill(model, seed, keep=("graph.", "depth_net.range"), gains=GAINS)


def case(seed, depth=18, image_size=(480, 640), box=(211.0, 122.5, 190.0, 243.0),
         camera=(611.0, 614.5, 318.2, 241.7), surface=None):
    model = build(seed, depth, surface)
    return record(model, synth.image(seed, *image_size), box, camera, tables.joint_regressor((surface or tables.load())[0]))


def record(model, image, box, camera, regressor):
    """Every tensor of a parity case: what the network makes of a picture, stage by stage."""
    res, out, keep = forward(model, image, box, camera)
    uv, rel, d = out["uv"][0].numpy(), out["mesh_rel"][0].numpy(), out["depth_norm"].numpy()
    root, mesh = camera_space(uv, rel, d[0], res["crop_camera"])
    res["t_sub"] = keep["t"][:, :, ::4, ::4].contiguous().numpy()
    for n in ("tp", "latent", "graph4", "graph2", "graph0", "query", "bin_width", "attended", "bin_prob"):
        res[n] = keep[n].contiguous().numpy()
    res.update(uv=uv, mesh_rel=rel, depth_norm=d, **placed(root, mesh, regressor))
    res.update({"graph." + n: b.numpy() for n, b in model.graph.named_buffers()})
    return res


CASES = {  # the stored parity cases; dev-1 uses the other backbone and a box that leaves the image
    "dev-0": dict(depth=18),
    "dev-1": dict(depth=50, image_size=(270, 360), box=(-14.0, 101.5, 170.0, 131.0),
                  camera=(402.0, 402.0, 179.5, 134.5)),
}


if __name__ == "__main__":
    write_cases(__doc__, "inceptiongraph", case, CASES)
