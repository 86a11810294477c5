"""Synthetic hand mesh and every fixed table that the mesh models need (numpy + scipy only, deterministic).

The mesh is ours: an implicit-surface hand, polygonised and decimated to exactly 778 vertices, 1538 faces and
16 wrist-boundary edges (the counts of the MANO right hand, none of its data). `mesh778.obj` (embedded in the engine) is the frozen
result; `load()` reads it, so tables never depend on regenerating it. Nothing here is licence-restricted.

    V, F = load()                    # float64 [778,3] metres, int64 [1538,3] counter-clockwise from outside
    J    = joint_positions()         # float64 [21,3] metres: wrist, then thumb..little x (MCP, PIP, DIP, TIP)
    R    = joint_regressor(V)        # float64 [21,778], rows sum to 1, at most 12 non-zeros in a row
    E    = edges(F)                  # int64 [2315,2], i < j, sorted
    A    = adjacency(F, 778)         # csr, 0/1, symmetric, no diagonal
    H    = hierarchy(V, F, 4)        # list of levels (vertices, faces, kept, down, up): 778, 389, 195, 98, 49
    S    = spirals(V, F, 9)          # int64 [778,9]
    G    = coarsen(A, 4)             # balanced-binary-tree graphs: perm, adjacency and Laplacian per level

`python3 tables.py FILE` regenerates the mesh, reports whether it matches mesh778.obj, and writes FILE as safetensors
(everything above as plain arrays, see `export`).
"""
import heapq
import os
import sys

import numpy as np
import scipy.sparse as sp

HERE = os.path.dirname(os.path.abspath(__file__))
OBJ = os.path.join(HERE, "..", "..", "src", "HandMeshEngine", "Meshes", "Data", "mesh778.obj")


# ---------------------------------------------------------------- files

def load(path=OBJ):
    v, f = [], []
    with open(path) as fh:
        for line in fh:
            p = line.split()
            if p[:1] == ["v"]:
                v.append([float(x) for x in p[1:4]])
            elif p[:1] == ["f"]:
                f.append([int(x.split("/")[0]) - 1 for x in p[1:4]])
    return np.array(v, np.float64), np.array(f, np.int64)


# ---------------------------------------------------------------- topology

def edges(f):
    e = np.sort(np.concatenate([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]]), axis=1)
    return np.unique(e, axis=0)


def boundary_edges(f):
    e = np.sort(np.concatenate([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]]), axis=1)
    u, n = np.unique(e, axis=0, return_counts=True)
    return u[n == 1]


def adjacency(f, n):
    e = edges(f)
    a = sp.coo_matrix((np.ones(len(e)), (e[:, 0], e[:, 1])), shape=(n, n))
    return (a + a.T).tocsr()


# ---------------------------------------------------------------- decimation (quadric error, endpoint collapse)

def decimate(v, f, target, keep_boundary_at=None, wall=1.0, even=0.0):
    """Edge-collapse decimation with quadric error metrics; every survivor is an input vertex.

    Cost of removing a in favour of b = p_b^T (Q_a + Q_b) p_b, Q = sum of plane outer products of the incident
    faces. A collapse must pass the link condition (stays a manifold), must not flip a face, and must not
    bridge two boundary loops. Ties break on (cost rounded to 15 digits, removed, kept). keep_boundary_at=b
    forbids collapses that would leave fewer than b boundary edges and makes rim collapses cheap until then;
    `wall` weighs the planes that guard the rim; `even` adds even * squared edge length to the cost (more
    uniform triangles).
    Returns kept [target] (ascending input indices) and faces in the new numbering.
    """
    n = len(v)
    faces = {i: tuple(t) for i, t in enumerate(f.tolist())}
    inc = [set() for _ in range(n)]
    for i, t in faces.items():
        for a in t:
            inc[a].add(i)
    q = np.zeros((n, 4, 4))
    for t in faces.values():
        p = v[list(t)]
        nrm = np.cross(p[1] - p[0], p[2] - p[0])
        nrm = nrm / (np.linalg.norm(nrm) + 1e-30)
        pl = np.append(nrm, -nrm @ p[0])
        for a in t:
            q[a] += np.outer(pl, pl)
    bnd = boundary_edges(f)
    nb = len(bnd)
    for a, b in bnd:                                   # a wall through each boundary edge keeps the wrist loop
        t = next(faces[i] for i in inc[a] & inc[b])
        p = v[list(t)]
        nrm = np.cross(p[1] - p[0], p[2] - p[0])
        w = np.cross(nrm, v[b] - v[a])
        w = w / (np.linalg.norm(w) + 1e-30)
        pl = np.append(w, -w @ v[a])
        q[a] += wall * np.outer(pl, pl)
        q[b] += wall * np.outer(pl, pl)
    alive = np.ones(n, bool)
    stamp = np.zeros(n, np.int64)
    h = np.append(v, np.ones((n, 1)), axis=1)

    def ring(a):
        return {x for i in inc[a] for x in faces[i]} - {a}

    def on_boundary(a):
        return len(ring(a)) != len(inc[a])

    def push(a, b):
        s = q[a] + q[b]
        extra = even * float(((v[a] - v[b]) ** 2).sum())
        gain = 0.25 if keep_boundary_at is not None and len(inc[a] & inc[b]) == 1 else 1.0
        for x, y in ((a, b), (b, a)):                  # remove x, keep y
            heapq.heappush(heap, (round(gain * float(h[y] @ s @ h[y]) + gain * extra, 15), x, y, stamp[x], stamp[y]))

    heap = []
    for a, b in edges(f).tolist():
        push(a, b)
    count = n
    while count > target:
        if not heap:
            raise RuntimeError("cannot decimate further")
        _, x, y, sx, sy = heapq.heappop(heap)
        if not (alive[x] and alive[y]) or stamp[x] != sx or stamp[y] != sy:
            continue
        shared = inc[x] & inc[y]
        if not shared:
            continue
        rx, ry = ring(x), ring(y)
        opposite = {a for i in shared for a in faces[i]} - {x, y}
        if rx & ry != opposite:
            continue
        bx, by = on_boundary(x), on_boundary(y)
        edge_is_boundary = len(shared) == 1
        if bx and not edge_is_boundary:                # an interior edge may not move a boundary vertex
            continue
        if edge_is_boundary and keep_boundary_at is not None and nb <= keep_boundary_at:
            continue
        if any(len(ring(a)) <= 3 and not on_boundary(a) for a in opposite):
            continue
        flips = False
        for i in inc[x] - shared:
            p = np.array([v[a] for a in faces[i]])
            r = np.array([v[y] if a == x else v[a] for a in faces[i]])
            n0, n1 = np.cross(p[1] - p[0], p[2] - p[0]), np.cross(r[1] - r[0], r[2] - r[0])
            if n0 @ n1 <= 0.1 * np.linalg.norm(n0) * np.linalg.norm(n1):
                flips = True
                break
        if flips:
            continue
        for i in shared:
            for a in faces[i]:
                inc[a].discard(i)
            del faces[i]
        for i in inc[x]:
            faces[i] = tuple(y if a == x else a for a in faces[i])
            inc[y].add(i)
        inc[x] = set()
        alive[x] = False
        q[y] = q[x] + q[y]
        if edge_is_boundary:
            nb -= 1
        count -= 1
        stamp[y] += 1
        for a in sorted(ring(y)):
            push(y, a)
    kept = np.flatnonzero(alive)
    new = -np.ones(n, np.int64)
    new[kept] = np.arange(len(kept))
    return kept, new[np.array([faces[i] for i in sorted(faces)], np.int64)]


# ---------------------------------------------------------------- pooling tables

def closest_on_triangles(p, tri):
    """Closest point to p on each triangle [T,3,3] -> barycentric [T,3], squared distance [T]."""
    a, b, c = tri[:, 0], tri[:, 1], tri[:, 2]

    def segment(o, d):
        t = np.clip(((p - o) * d).sum(1) / np.maximum((d * d).sum(1), 1e-30), 0, 1)
        return t

    best = None
    ab, ac, ap = b - a, c - a, p - a
    d00, d01, d11 = (ab * ab).sum(1), (ab * ac).sum(1), (ac * ac).sum(1)
    d20, d21 = (ap * ab).sum(1), (ap * ac).sum(1)
    den = np.maximum(d00 * d11 - d01 * d01, 1e-30)
    v = (d11 * d20 - d01 * d21) / den
    w = (d00 * d21 - d01 * d20) / den
    inside = (v >= 0) & (w >= 0) & (v + w <= 1)
    options = [(np.stack([1 - v - w, v, w], 1), inside)]
    z = np.zeros(len(tri))
    t = segment(a, ab)
    options.append((np.stack([1 - t, t, z], 1), np.ones(len(tri), bool)))
    t = segment(b, c - b)
    options.append((np.stack([z, 1 - t, t], 1), np.ones(len(tri), bool)))
    t = segment(c, a - c)
    options.append((np.stack([t, z, 1 - t], 1), np.ones(len(tri), bool)))
    for bary, ok in options:
        q = (bary[:, :, None] * tri).sum(1)
        d = np.where(ok, ((q - p) ** 2).sum(1), np.inf)
        if best is None:
            best = [bary.copy(), d]
        else:
            better = d < best[1]
            best[0][better] = bary[better]
            best[1][better] = d[better]
    return best[0], best[1]


def up_matrix(coarse_v, coarse_f, fine_v):
    """Sparse [fine, coarse]: each fine vertex as the barycentric mix of its closest coarse triangle.

    Always three entries a row (explicit zeros kept), rows sum to 1, ties go to the lowest face index."""
    rows, cols, data = [], [], []
    tri = coarse_v[coarse_f]
    for i, p in enumerate(fine_v):
        bary, d = closest_on_triangles(p, tri)
        k = int(np.argmin(np.round(d, 15)))
        rows += [i] * 3
        cols += coarse_f[k].tolist()
        data += bary[k].tolist()
    m = sp.csr_matrix((len(fine_v), len(coarse_v)))
    m = sp.coo_matrix((data, (rows, cols)), shape=m.shape).tocsr()
    return m


def hierarchy(v, f, steps=4):
    """Levels from fine to coarse; each has half the vertices, rounded up: 778, 389, 195, 98, 49.

    level = dict(v, f, kept, down, up); kept/down/up link a level to the next finer one (None at level 0):
    down [n_coarse, n_fine] selects, up [n_fine, n_coarse] interpolates."""
    out = [dict(v=v, f=f, kept=None, down=None, up=None)]
    for _ in range(steps):
        pv, pf = out[-1]["v"], out[-1]["f"]
        kept, cf = decimate(pv, pf, (len(pv) + 1) // 2)
        cv = pv[kept]
        down = sp.csr_matrix((np.ones(len(kept)), (np.arange(len(kept)), kept)), shape=(len(kept), len(pv)))
        out.append(dict(v=cv, f=cf, kept=kept, down=down, up=up_matrix(cv, cf, pv)))
    return out


def padded_rows(m):
    """csr -> (index [R,W] int64, value [R,W] float32): entries in ascending column order, rows padded with
    (0, 0.0) to the widest row."""
    m = m.tocsr()
    m.sort_indices()
    w = int(np.diff(m.indptr).max())
    idx = np.zeros((m.shape[0], w), np.int64)
    val = np.zeros((m.shape[0], w), np.float32)
    for r in range(m.shape[0]):
        a, b = m.indptr[r], m.indptr[r + 1]
        idx[r, : b - a] = m.indices[a:b]
        val[r, : b - a] = m.data[a:b]
    return idx, val


# ---------------------------------------------------------------- spirals

def one_rings(f, n):
    """Neighbours of every vertex in clockwise order seen from outside (faces are counter-clockwise).

    Interior vertex: starts at its smallest neighbour index. Boundary vertex: starts at the end from which the
    clockwise walk covers the whole fan."""
    nxt = [dict() for _ in range(n)]                   # clockwise successor: face (v,a,b) ccw => b -> a
    for t in f.tolist():
        for k in range(3):
            v, a, b = t[k], t[(k + 1) % 3], t[(k + 2) % 3]
            nxt[v][b] = a
    rings = []
    for v in range(n):
        m = nxt[v]
        starts = sorted(set(m) - set(m.values()))
        start = starts[0] if starts else (min(m) if m else None)
        ring = []
        while start is not None and start not in ring:
            ring.append(start)
            start = m.get(start)
        rings.append(ring)
    return rings


def spirals(v, f, length, dilation=1):
    """int64 [n, length]: centre, first ring, second ring, ...; every `dilation`-th entry of the walk.

    Next ring: for each vertex of the current ring in order, walk its neighbours clockwise starting just after
    the first one that lies on the current ring, and append those not seen yet. A walk that runs out of
    surface is replaced by the length*dilation nearest vertices (Euclidean, ties to the lower index)."""
    n, need = len(v), length * dilation
    rings = one_rings(f, n)
    out = np.zeros((n, length), np.int64)
    for c in range(n):
        walk, ring = [c], list(rings[c])
        while len(walk) < need and ring:
            walk += ring
            here, new, seen = set(ring), [], set(walk)
            for a in ring:
                r = rings[a]
                at = next((k for k, b in enumerate(r) if b in here), None)
                if at is None:
                    continue
                for b in r[at + 1:] + r[:at]:
                    if b not in seen:
                        seen.add(b)
                        new.append(b)
            ring = new
        if len(walk) < need:
            d = ((v - v[c]) ** 2).sum(1)
            walk = np.argsort(np.round(d, 15), kind="stable")[:need].tolist()
        out[c] = walk[:need][::dilation]
    return out


# ---------------------------------------------------------------- graph coarsening and Laplacians

def coarsen(a, levels):
    """Greedy heavy-edge matching into balanced binary trees (fake nodes fill the gaps).

    Returns dict(perm, adjacency=[levels+1 csr], laplacian=[levels+1 csr], lmax=[...], scaled=[...]), finest
    first. perm[i] = original vertex at tree position i (>= n means fake). Node i of level k has children 2i
    and 2i+1 in level k-1, so nearest up-sampling by 2 is a parent-to-child copy.
    Visiting order: ascending weighted degree (stable). Partner of i: unmatched neighbour j with the largest
    w_ij * (1/d_i + 1/d_j), ties to the lowest index."""
    graphs, parents, w = [a.tocsr()], [], a.tocsr()
    for _ in range(levels):
        n = w.shape[0]
        deg = np.asarray(w.sum(1)).ravel()
        mate = -np.ones(n, np.int64)
        cluster, made = -np.ones(n, np.int64), 0
        for i in np.argsort(deg, kind="stable"):
            if cluster[i] >= 0:
                continue
            best, pick = 0.0, -1
            for k in range(w.indptr[i], w.indptr[i + 1]):
                j = w.indices[k]
                if j == i or cluster[j] >= 0:
                    continue
                s = round(w.data[k] * (1.0 / deg[i] + 1.0 / deg[j]), 12)
                if s > best or (s == best and 0 <= j < pick):
                    best, pick = s, j
            cluster[i] = made
            if pick >= 0:
                cluster[pick] = made
                mate[i], mate[pick] = pick, i
            made += 1
        p = sp.csr_matrix((np.ones(n), (cluster, np.arange(n))), shape=(made, n))
        w = (p @ w @ p.T).tolil()
        w.setdiag(0)
        w = w.tocsr()
        w.eliminate_zeros()
        w.sort_indices()
        graphs.append(w)
        parents.append(cluster)
    order = [list(range(graphs[-1].shape[0]))]
    for parent in reversed(parents):
        kids = {}
        for child, par in enumerate(parent):
            kids.setdefault(int(par), []).append(child)
        fake, layer = len(parent), []
        for node in order[-1]:
            k = list(kids.get(node, []))
            while len(k) < 2:
                k.append(fake)
                fake += 1
            layer += k
        order.append(layer)
    order = order[::-1]
    adj = []
    for g, o in zip(graphs, order):
        m = len(o)
        where = np.empty(m, np.int64)
        where[np.array(o)] = np.arange(m)
        c = g.tocoo()
        adj.append(sp.csr_matrix((c.data, (where[c.row], where[c.col])), shape=(m, m)))
    lap = [laplacian(x) for x in adj]
    lmax = [largest_eigenvalue(x) for x in lap]
    return dict(perm=np.array(order[0], np.int64), adjacency=adj, laplacian=lap, lmax=lmax,
                scaled=[scaled(x, l) for x, l in zip(lap, lmax)])


def laplacian(w):
    """I - D^-1/2 W D^-1/2; an isolated (fake) node keeps a 1 on the diagonal and nothing else."""
    d = np.asarray(w.sum(1)).ravel()
    s = sp.diags(np.where(d > 0, 1 / np.sqrt(np.maximum(d, 1e-30)), 0.0))
    return (sp.identity(w.shape[0]) - s @ w @ s).tocsr()


def largest_eigenvalue(l):
    return float(np.linalg.eigvalsh(l.toarray())[-1])


def scaled(l, lmax):
    """2 L / lmax - I, spectrum in [-1, 1]."""
    m = (l * (2.0 / lmax) - sp.identity(l.shape[0])).tocsr()
    m.sort_indices()
    return m


# ---------------------------------------------------------------- the hand

_FINGERS = [  # knuckle position, direction angle in the palm plane (degrees, 90 = +y), curl per joint, lengths, radii
    ((0.0270, 0.0300, 0.0050), 48.0, (10.0, 18.0, 14.0), (0.040, 0.031, 0.026), (0.0115, 0.0105, 0.0095, 0.0080)),
    ((0.0250, 0.0850, 0.0000), 79.0, (12.0, 24.0, 16.0), (0.038, 0.024, 0.020), (0.0095, 0.0088, 0.0080, 0.0068)),
    ((0.0030, 0.0900, 0.0010), 91.0, (8.0, 20.0, 14.0), (0.042, 0.028, 0.021), (0.0097, 0.0090, 0.0082, 0.0069)),
    ((-0.0180, 0.0850, 0.0000), 102.0, (11.0, 26.0, 17.0), (0.038, 0.026, 0.020), (0.0092, 0.0085, 0.0077, 0.0066)),
    ((-0.0360, 0.0740, -0.0020), 117.0, (14.0, 28.0, 18.0), (0.030, 0.019, 0.017), (0.0082, 0.0075, 0.0069, 0.0060)),
]


def joint_positions():
    """21 joints: wrist, then per finger (thumb first) knuckle, two joints, tip. Palm in the xy plane, curl to +z."""
    out = [np.array([0.0, 0.0, 0.0])]
    for base, angle, curl, length, _ in _FINGERS:
        p, bend = np.array(base), 0.0
        out.append(p)
        flat = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle)), 0.0])
        for c, l in zip(curl, length):
            bend += np.radians(c)
            p = p + l * (np.cos(bend) * flat + np.sin(bend) * np.array([0.0, 0.0, 1.0]))
            out.append(p)
    return np.array(out)


def _field(p):
    """Signed distance (negative inside) of the hand at points [N,3]."""
    j = joint_positions()

    def cone(a, b, ra, rb, squash=1.0):
        s = np.array([1.0, 1.0, squash])
        x, d = (p - a) * s, (b - a) * s
        t = np.clip(x @ d / (d @ d), 0, 1)
        return np.linalg.norm(x - t[:, None] * d, axis=1) - (ra + (rb - ra) * t)

    def blend(a, b, k):
        t = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
        return b + (a - b) * t - k * t * (1 - t)

    palm = cone(np.array([0.0, -0.06, 0.0]), np.array([0.0, 0.01, 0.0]), 0.021, 0.023, 1.25)   # forearm
    for finger, r in zip(range(1, 5), (0.0150, 0.0155, 0.0150, 0.0140)):
        palm = blend(palm, cone(np.array([0.0, 0.012, 0.0]), j[1 + 4 * finger], 0.021, r, 1.2), 0.006)
    palm = blend(palm, cone(np.array([0.006, 0.010, 0.002]), j[1], 0.018, 0.0150), 0.008)
    for k in range(5):
        r, c, tube = _FINGERS[k][4], j[1 + 4 * k: 5 + 4 * k], None
        for i in range(3):
            part = cone(c[i], c[i + 1], r[i], r[i + 1])
            tube = part if tube is None else blend(tube, part, 0.003)
        palm = blend(palm, tube, 0.004)
    return palm


def _polygonise(step=0.0028):
    """Dual surface nets over a grid that cuts the forearm at y = -0.020; open at the cut."""
    lo, hi = np.array([-0.100, -0.020, -0.040]), np.array([0.125, 0.190, 0.080])
    n = np.ceil((hi - lo) / step).astype(int) + 1
    g = np.stack(np.meshgrid(*[lo[k] + step * np.arange(n[k]) for k in range(3)], indexing="ij"), -1)
    s = _field(g.reshape(-1, 3)).reshape(n)
    inside = s < 0
    cell_id, verts = {}, []
    corner = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    pairs = [(a, b) for a in range(8) for b in range(a + 1, 8)
             if sum(abs(x - y) for x, y in zip(corner[a], corner[b])) == 1]
    mixed = np.zeros(n - 1, int)
    for i, j, k in corner:
        mixed += inside[i:n[0] - 1 + i, j:n[1] - 1 + j, k:n[2] - 1 + k]
    for c in np.argwhere((mixed > 0) & (mixed < 8)):
        pts = []
        for a, b in pairs:
            pa, pb = tuple(c + corner[a]), tuple(c + corner[b])
            if inside[pa] != inside[pb]:
                t = s[pa] / (s[pa] - s[pb])
                pts.append(g[pa] + t * (g[pb] - g[pa]))
        cell_id[tuple(c)] = len(verts)
        verts.append(np.mean(pts, axis=0))
    verts = np.array(verts)
    faces = []
    for axis in range(3):
        u, w = (axis + 1) % 3, (axis + 2) % 3
        lim = n.copy()
        lim[axis] -= 1
        for c in np.ndindex(*lim):
            d = list(c)
            d[axis] += 1
            if inside[c] == inside[tuple(d)]:
                continue
            quad = []
            for du, dw in ((0, 0), (-1, 0), (-1, -1), (0, -1)):
                e = list(c)
                e[u] += du
                e[w] += dw
                quad.append(cell_id.get(tuple(e)))
            if None in quad:
                continue
            if not inside[c]:
                quad = quad[::-1]
            p = verts[quad]
            if np.linalg.norm(p[0] - p[2]) <= np.linalg.norm(p[1] - p[3]):
                faces += [[quad[0], quad[1], quad[2]], [quad[0], quad[2], quad[3]]]
            else:
                faces += [[quad[0], quad[1], quad[3]], [quad[1], quad[2], quad[3]]]
    return verts, np.array(faces, np.int64)


def make_hand(vertices=778, boundary=16):
    v, f = _polygonise()
    used = np.unique(f)
    new = -np.ones(len(v), np.int64)
    new[used] = np.arange(len(used))
    v, f = v[used], new[f]
    edge = adjacency(f, len(v))
    rim = np.zeros(len(v), bool)
    rim[np.unique(boundary_edges(f))] = True
    for _ in range(3):                                 # even out, then pull back to the surface
        m = edge @ v / np.asarray(edge.sum(1))
        v = np.where(rim[:, None], v, 0.5 * v + 0.5 * m)
        d, e = _field(v), 1e-5
        grad = np.stack([(_field(v + e * np.eye(3)[k]) - d) / e for k in range(3)], 1)
        v = np.where(rim[:, None], v, v - d[:, None] * grad / np.maximum((grad ** 2).sum(1, keepdims=True), 1e-9))
    kept, f = decimate(v, f, vertices, keep_boundary_at=boundary, wall=0.01, even=0.3)
    v = v[kept]
    return np.round(v, 6), f


def joint_regressor(v, near=12):
    """Each joint as a convex mix of its `near` closest vertices, weights 1/(d^2 + 1e-5); tips: 1 vertex."""
    j = joint_positions()
    r = np.zeros((21, len(v)))
    for k in range(21):
        d = ((v - j[k]) ** 2).sum(1)
        tip = k in (4, 8, 12, 16, 20)
        idx = np.argsort(np.round(d, 15), kind="stable")[: 1 if tip else near]
        w = 1.0 / (d[idx] + 1e-5)
        r[k, idx] = w / w.sum()
    return r


def export():
    """Every table as plain arrays (names in the README); index tables int64, values float32."""
    v, f = load()
    out = {"joints": joint_positions().astype(np.float32), "joint_regressor": joint_regressor(v).astype(np.float32),
           "edges": edges(f)}
    for k, x in enumerate(hierarchy(v, f)):
        out["level%d.v" % k], out["level%d.f" % k] = x["v"].astype(np.float32), x["f"]
        out["level%d.spiral9" % k] = spirals(x["v"], x["f"], 9)
        out["level%d.spiral27" % k] = spirals(x["v"], x["f"], 27)
        if k:
            out["level%d.kept" % k] = x["kept"]
            out["level%d.up.index" % k], out["level%d.up.value" % k] = padded_rows(x["up"])
    g = coarsen(adjacency(f, len(v)), 4)
    out["tree.perm"] = g["perm"]
    for k in range(5):
        out["tree%d.scaled.index" % k], out["tree%d.scaled.value" % k] = padded_rows(g["scaled"][k])
        out["tree%d.lmax" % k] = np.array([g["lmax"][k]], np.float32)
    return out


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    mv, mf = make_hand()
    lv, lf = load()
    print("regenerated == file:", mv.shape == lv.shape and bool((mv == lv).all()) and bool((mf == lf).all()))
    valence = np.bincount(edges(lf).ravel())
    print("vertices", len(lv), "faces", len(lf), "edges", len(edges(lf)), "boundary", len(boundary_edges(lf)))
    print("valence", dict(zip(*[x.tolist() for x in np.unique(valence, return_counts=True)])))
    print("levels", [(len(x["v"]), len(x["f"])) for x in hierarchy(lv, lf)])
    g = coarsen(adjacency(lf, len(lv)), 4)
    import synth
    synth.save_safetensors(sys.argv[1], export())
    print("tree", [x.shape[0] for x in g["adjacency"]], "lmax", [round(x, 6) for x in g["lmax"]])
