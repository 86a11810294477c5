"""`graphhand` as a PyTorch module (Ge et al., CVPR 2019), from docs/systems/graphhand.md, whose sections are cited.

The keys of `state_dict` are those of the three released files with this engine's prefixes; the tables, which the checkpoint does not
hold, are in `GraphHand.graph_tables` under the names that `handmesh convert --tables` reads.
"""
import numpy as np
import scipy.sparse as sp
import torch
import torch.nn as nn
import torch.nn.functional as F

SIZE, MAP, JOINTS = 256, 64, 21
COARSENINGS = 4


# ---------------------------------------------------------------- tables

def argsort(keys):
    """Indices that sort the keys, equal ones in the order of numpy's classic quicksort, on which the node order depends (4.2 D)."""
    t, ranges = list(range(len(keys))), [(0, len(keys) - 1)]
    while ranges:
        lo, hi = ranges.pop()
        if hi - lo <= 15:
            t[lo:hi + 1] = sorted(t[lo:hi + 1], key=lambda i: keys[i])
            continue
        m = lo + (hi - lo) // 2
        for a, b in ((m, lo), (hi, m), (m, lo)):
            if keys[t[a]] < keys[t[b]]:
                t[a], t[b] = t[b], t[a]
        pivot, i, j = keys[t[m]], lo, hi - 1
        t[m], t[j] = t[j], t[m]
        while True:
            i += 1
            while keys[t[i]] < pivot:
                i += 1
            j -= 1
            while pivot < keys[t[j]]:
                j -= 1
            if i >= j:
                break
            t[i], t[j] = t[j], t[i]
        t[i], t[hi - 1] = t[hi - 1], t[i]
        ranges += [(lo, i - 1), (i + 1, hi)]
    return t


def weights(faces, count):
    """Adjacency of part B."""
    counted = {}
    for p, q, r in faces.tolist():
        for pair in ((p, q), (q, r), (p, r)):
            counted[pair] = counted.get(pair, 0) + 1
    matrix = sp.lil_matrix((count, count))
    for (i, j), n in counted.items():
        w = max(n - (n > 1), matrix[i, j])
        matrix[i, j] = matrix[j, i] = w
    return matrix.tocsr()


def match(w):
    """Cluster of every node, heavy edges first (part C); the row lengths of the first and last node are off by one as in the original."""
    w.sort_indices()
    n = w.shape[0]
    length = np.diff(w.indptr)
    length[0] += 1
    length[-1] -= 1
    first = w.data[w.indptr[:-1]]
    degree = np.asarray(w.sum(1)).ravel()
    cluster, made = -np.ones(n, np.int64), 0
    for v in argsort(degree.tolist()):
        if cluster[v] >= 0:
            continue
        cluster[v], best, most = made, -1, 0.0
        for k in range(w.indptr[v], min(w.indptr[v] + length[v], len(w.data))):
            u = w.indices[k]
            t = 0.0 if cluster[u] >= 0 else (2 * w.data[k] + first[v] + first[u]) / (degree[v] + degree[u] + 1e-9)
            if t > most:
                most, best = t, u
        if best >= 0:
            cluster[best] = made
        made += 1
    return cluster, made


def build_tables(faces, count):
    """`table.*` of a converted file (4.2), for a mesh used as it is."""
    graphs, clusters = [weights(faces, count)], []
    for _ in range(COARSENINGS):
        cluster, made = match(graphs[-1])
        p = sp.csr_matrix((np.ones(len(cluster)), (cluster, np.arange(len(cluster)))), shape=(made, len(cluster)))
        graphs.append((p @ graphs[-1] @ p.T).tocsr())
        clusters.append(cluster)
    order = [list(range(graphs[-1].shape[0]))]
    for cluster in reversed(clusters):
        children, new, layer = {}, len(cluster), []
        for node, parent in enumerate(cluster.tolist()):
            children.setdefault(parent, []).append(node)
        for node in order[0]:
            pair = children.get(node, [])[:]
            while len(pair) < 2:
                pair.append(new)
                new += 1
            layer += pair
        order.insert(0, layer)
    position = np.empty(len(order[0]), np.int64)
    position[order[0]] = np.arange(len(order[0]))
    named = {"table.faces": faces.astype(np.int32), "table.perm": np.array(order[0], np.int32),
             "table.perm_reverse": position[:count].astype(np.int32)}
    for level in (0, 2):
        laplacian = rescaled(graphs[level], order[level]).tocsr()
        laplacian.sort_indices()
        rows = laplacian.tocoo()
        named.update({"table.L%d.row" % level: rows.row.astype(np.int32), "table.L%d.col" % level: rows.col.astype(np.int32),
                      "table.L%d.val" % level: rows.data.astype(np.float32)})
    return named


def rescaled(w, order):
    """L / (2 lmax) - I in the order of the tree; the paper prints 2 L / lmax - I, the released code divides (part F)."""
    where = np.empty(len(order), np.int64)
    where[order] = np.arange(len(order))
    c = w.tocoo()
    a = sp.csr_matrix((c.data, (where[c.row], where[c.col])), shape=(len(order),) * 2)
    d = np.asarray(a.sum(0)).ravel()
    root = sp.diags(np.where(d > 0, 1 / np.sqrt(np.maximum(d, 1e-30)), 0.0))
    laplacian = sp.identity(len(order)) - root @ a @ root
    largest = np.linalg.eigvalsh(laplacian.toarray())[-1]
    return laplacian / (2 * largest) - sp.identity(len(order))


# ---------------------------------------------------------------- network

class Residual(nn.Module):
    """Norms before the convolutions, no activation after (3.1)."""

    def __init__(self, cin, cout):
        super().__init__()
        half = cout // 2
        self.bn, self.conv1 = nn.BatchNorm2d(cin), nn.Conv2d(cin, half, 1)
        self.bn1, self.conv2 = nn.BatchNorm2d(half), nn.Conv2d(half, half, 3, 1, 1)
        self.bn2, self.conv3 = nn.BatchNorm2d(half), nn.Conv2d(half, cout, 1)
        self.conv4 = nn.Conv2d(cin, cout, 1) if cin != cout else None

    def forward(self, x):
        y = self.conv1(F.relu(self.bn(x)))
        y = self.conv2(F.relu(self.bn1(y)))
        y = self.conv3(F.relu(self.bn2(y)))
        return y + (x if self.conv4 is None else self.conv4(x))


def pair():
    return nn.Sequential(Residual(256, 256), Residual(256, 256))


class Hourglass(nn.Module):
    """3.3; the innermost level has `low2_` in place of another hourglass."""

    def __init__(self, depth):
        super().__init__()
        self.up1_, self.low1_ = pair(), pair()
        if depth > 1:
            self.low2 = Hourglass(depth - 1)
        else:
            self.low2_ = pair()
        self.low3_ = pair()
        self.innermost = depth == 1

    def forward(self, x):
        low = self.low1_(F.max_pool2d(x, 2))
        low = self.low3_(self.low2_(low) if self.innermost else self.low2(low))
        return self.up1_(x) + F.interpolate(low, scale_factor=2.0, mode="nearest")


class HeatMapNet(nn.Module):
    """Stem, two hourglasses, 21 heat maps (3.2 to 3.4)."""

    def __init__(self):
        super().__init__()
        self.conv1_, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3), nn.BatchNorm2d(64)
        self.r1, self.r4, self.r5 = Residual(64, 128), Residual(128, 128), Residual(128, 256)
        self.hourglass = nn.ModuleList([Hourglass(4), Hourglass(4)])
        self.Residual = nn.ModuleList(Residual(256, 256) for _ in range(4))
        self.lin_ = nn.ModuleList(nn.Sequential(nn.Conv2d(256, 256, 1), nn.BatchNorm2d(256), nn.ReLU()) for _ in range(2))
        self.tmpOut = nn.ModuleList(nn.Conv2d(256, JOINTS, 1) for _ in range(2))
        self.ll_ = nn.ModuleList([nn.Conv2d(256, 256, 1)])
        self.tmpOut_ = nn.ModuleList([nn.Conv2d(JOINTS, 256, 1)])

    def forward(self, x, keep):
        x = self.r1(F.relu(self.bn1(self.conv1_(x))))
        keep["stem"] = x = self.r5(self.r4(F.max_pool2d(x, 2)))
        for i in range(2):
            keep["hg%d" % i] = g = self.hourglass[i](x)
            ll = self.lin_[i](self.Residual[2 * i + 1](self.Residual[2 * i](g)))
            keep["heatmap%d" % i] = heat = self.tmpOut[i](ll)
            if i == 0:
                keep["enc0"] = x = x + self.ll_[0](ll) + self.tmpOut_[0](heat)
        keep["enc1"] = ll
        return keep["enc0"], keep["enc1"], heat


class FeatNet(nn.Module):
    """3.5"""

    def __init__(self):
        super().__init__()
        self.heatmap_conv, self.encoding_conv = nn.Conv2d(JOINTS, 256, 1), nn.Conv2d(256, 256, 1)
        self.reg_ = nn.ModuleList(Residual(256, 256) for _ in range(8))

    def forward(self, enc0, enc1, heat, keep):
        keep["fuse"] = x = self.heatmap_conv(heat) + self.encoding_conv(enc1) + enc0
        for n in range(0, 8, 2):
            x = F.max_pool2d(self.reg_[n + 1](self.reg_[n](x)), 2)
        return x.flatten(1)


class Fc(nn.Module):
    """One linear layer under the key `fc`."""

    def __init__(self, cin, cout):
        super().__init__()
        self.fc = nn.Linear(cin, cout)

    def forward(self, x):
        return self.fc(x)


class Chebyshev(nn.Linear):
    """Three Chebyshev terms, innermost in the columns (3.6)."""

    def __init__(self, cin, cout):
        super().__init__(3 * cin, cout)

    def forward(self, x, laplacian):
        t1 = spread(laplacian, x)
        t2 = 2 * spread(laplacian, t1) - x
        return super().forward(torch.stack([x, t1, t2], 3).flatten(2))


def spread(laplacian, x):
    """Sparse [V, V] times [B, V, F]."""
    b, v, f = x.shape
    return torch.sparse.mm(laplacian, x.transpose(0, 1).reshape(v, b * f)).view(v, b, f).transpose(0, 1)


class MeshNet(nn.Module):
    """3.6"""

    def __init__(self, coarse):
        super().__init__()
        self.coarse = coarse
        self.fc = nn.ModuleDict({"fc_1": Fc(4096, 512), "fc_2": Fc(512, 64 * coarse)})
        self.cl = nn.ModuleList([Chebyshev(64, 64), Chebyshev(64, 32), Chebyshev(32, 32), Chebyshev(32, 3)])
        self.bn = nn.ModuleList([nn.BatchNorm1d(64), nn.BatchNorm1d(32), nn.BatchNorm1d(32)])

    def forward(self, features, l0, l2, keep):
        keep["fc1"] = x = F.relu(self.fc["fc_1"](features))
        keep["fc2"] = x = self.fc["fc_2"](x)
        x = x.view(-1, self.coarse, 64).repeat_interleave(4, 1)
        for n in range(3):
            if n == 2:
                keep["mesh_block0"] = x
                x = x.repeat_interleave(4, 1)
            x = F.relu(self.bn[n](self.cl[n](x, l2 if n < 2 else l0).transpose(1, 2)).transpose(1, 2))
        return self.cl[3](x, l0)


class FeatMesh(nn.Module):
    def __init__(self, coarse):
        super().__init__()
        self.feat_net, self.mesh_net = FeatNet(), MeshNet(coarse)


class MeshPose(nn.Module):
    """Relative depths of joints 1 to 20 from the mesh (3.7); the norms are in the checkpoint and never applied."""

    def __init__(self, coarse):
        super().__init__()
        self.cl = nn.ModuleList([Chebyshev(3, 32), Chebyshev(32, 32), Chebyshev(32, 64), Chebyshev(64, 64)])
        self.bn = nn.ModuleList([nn.BatchNorm1d(c) for c in (32, 32, 64, 64)])
        self.fc = nn.ModuleDict({"fc_1": Fc(64 * coarse, 512), "fc_2": Fc(512, 20)})

    def forward(self, uvd, l0, l2, keep):
        x = self.cl[1](self.cl[0](uvd, l0), l0)
        keep["pose_block0"] = x
        x = F.max_pool1d(x.transpose(1, 2), 4).transpose(1, 2)
        x = self.cl[3](self.cl[2](x, l2), l2)
        keep["pose_flat"] = x = F.max_pool1d(x.transpose(1, 2), 4).transpose(1, 2).flatten(1)
        keep["pose_fc1"] = x = self.fc["fc_1"](x)
        return self.fc["fc_2"](x)


class GraphHand(nn.Module):
    def __init__(self, graph):
        super().__init__()
        self.graph_tables = graph
        coarse = len(graph["table.perm"]) // 16
        self.net_hm, self.net_feat_mesh, self.net_mesh_pose = HeatMapNet(), FeatMesh(coarse), MeshPose(coarse)
        count = len(graph["table.perm_reverse"])
        self.register_buffer("position", torch.from_numpy(graph["table.perm_reverse"].astype(np.int64)), persistent=False)
        self.register_buffer("real", torch.from_numpy(graph["table.perm"] < count).float()[None, :, None], persistent=False)
        for level in (0, 2):
            row, col, val = (torch.from_numpy(graph["table.L%d.%s" % (level, part)]) for part in ("row", "col", "val"))
            size = len(graph["table.perm"]) // (1 << level)
            self.register_buffer(
                "l%d" % level, torch.sparse_coo_tensor(torch.stack([row, col]).long(), val, (size, size)).coalesce(), persistent=False)

    def forward(self, x, heat=None):
        """`heat`: maps to give the mesh network in place of its own, for the pseudo truth (training.md, graphhand)."""
        keep = {}
        enc0, enc1, own = self.net_hm(x, keep)
        keep["feat"] = features = self.net_feat_mesh.feat_net(enc0, enc1, own if heat is None else heat, keep)
        keep["mesh_uvd_raw"] = raw = self.net_feat_mesh.mesh_net(features, self.l0, self.l2, keep)
        uvd = raw * self.real
        depth = self.net_mesh_pose(uvd, self.l0, self.l2, keep)
        return dict(heat0=keep["heatmap0"], heat1=own, uvd=uvd[:, self.position], pose_depth=depth), keep

    def depths_of(self, uvd):
        """The pose regressor on true meshes [B, V, 3], stage 1b."""
        nodes = torch.zeros(uvd.shape[0], self.real.shape[1], 3, dtype=uvd.dtype, device=uvd.device)
        return self.net_mesh_pose(nodes.index_copy(1, self.position, uvd), self.l0, self.l2, {})


def decode(heat):
    """u, v [21, 2] in whole pixels of the crop, confidence [21], and by how much each maximum leads (3.8)."""
    big = F.interpolate(heat, size=(SIZE, SIZE), mode="bilinear", align_corners=False)[0].flatten(1)
    best = big.argmax(1)
    uv = torch.stack([best % SIZE, torch.div(best, SIZE, rounding_mode="floor")], 1).float()
    confidence = big.gather(1, best[:, None])[:, 0]
    grid = torch.arange(SIZE * SIZE)
    far = ((grid % SIZE)[None] - uv[:, :1]).abs().maximum((torch.div(grid, SIZE, rounding_mode="floor")[None] - uv[:, 1:]).abs()) > 2
    others = big.clone().scatter_(1, best[:, None], float("-inf"))
    margin = confidence - others.max(1).values
    far_margin = confidence - big.masked_fill(~far, float("-inf")).max(1).values
    return uv, confidence, margin, far_margin


def build(vertices, faces):
    return GraphHand(build_tables(np.asarray(faces), len(vertices)))
