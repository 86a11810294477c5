"""The loss of each system: its terms, where each comes from, and its default weight (docs/training.md has the table).

`terms(system, ...)` gives the unweighted values; a term whose truth a batch does not hold (a set without meshes, without masks) is
left out. `total` adds them up with WEIGHTS.
"""
import torch

import handdgp
import losses
import render
import tables

WEIGHTS = {
    "inceptiongraph": {"2d": 1, "depth": 10, "bins": 10, "mesh": 1, "joints": 1, "normal": 0.1, "edge": 1},
    "pixelaligned": {"mesh": 1, "edge": 1, "normal": 0.1, "silhouette": 2.5, "pose": 10, "camera": 1, "2d": 1, "joints": 1},
    "handar": {"mesh": 1, "joint": 1, "normal": 1, "edge": 1, "silhouette": 10, "render": 0.1},
    "handdgp": {"mesh": 1, "2d": 1, "edge": 1, "normal": 0.1, "translation": 1, "keypoints": 1, "vertices2d": 1,
                "consistency3d": 1, "consistency2d": 1},
    "graphhand": {"heat": 0.5, "mesh": 1, "normal": 1, "edge": 1, "laplace": 50, "joints": 1, "depth": 0},
}
# graphhand's weak supervision on real pictures; joints count 10 where 3D joints are known.
WEAK = {"heat": 0.1, "mesh": 0, "normal": 0, "edge": 1, "laplace": 50, "joints": 0, "depth": 0.1}
WEAK_JOINTS = 10

PALETTE = [(0.5, 0.5, 0.5), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1)]   # palm, thumb .. little; black behind


class Surface:
    """What losses know of a mesh: faces, unique edges, joint regressor, the vertices kept at each coarser level, finger of each vertex."""

    def __init__(self, vertices, faces, regressor, parts=None, device="cpu"):
        self.faces = torch.as_tensor(faces, dtype=torch.int64, device=device)
        self.edges = torch.as_tensor(tables.edges(faces), dtype=torch.int64, device=device)
        self.regressor = torch.as_tensor(regressor, dtype=torch.float32, device=device)
        colour = torch.tensor(PALETTE, dtype=torch.float32)
        self.colours = None if parts is None else colour[torch.as_tensor(parts, dtype=torch.int64)].to(device)
        self._mesh, self._kept = (vertices, faces), None

    def kept(self, level):
        """Vertices of the full mesh that level 1 .. 3 (389, 195, 98 of 778) keeps."""
        if self._kept is None:
            self._kept, at = {}, None
            for n, coarse in enumerate(tables.hierarchy(*self._mesh, 3)[1:], 1):
                at = coarse["kept"] if at is None else at[coarse["kept"]]
                self._kept[n] = torch.as_tensor(at, dtype=torch.int64, device=self.faces.device)
        return self._kept[level]


def total(terms, weights):
    """Weighted sum; a term without a weight is an error."""
    return sum(weights[name] * value for name, value in terms.items() if weights[name] != 0)


def terms(system, out, keep, batch, surface, **extra):
    return TERMS[system](out, keep, batch, surface, **extra)


def inceptiongraph(out, keep, batch, surface):
    joints = surface.regressor @ out["mesh_rel"]
    found = {"2d": losses.l1(out["uv"], batch["uv"]),
             "joints": losses.l1(joints, batch["joints_rel"])}
    if "mesh_rel" in batch:
        found.update({
            "depth": losses.scale_invariant(out["depth_norm"], batch["depth_norm"]),
            "bins": losses.chamfer(batch["depths"], keep["bin_centre"]),
            "mesh": losses.l1(out["mesh_rel"], batch["mesh_rel"]),
            "normal": losses.normal(out["mesh_rel"], batch["mesh_rel"], surface.faces),
            "edge": losses.edge_square(out["mesh_rel"], batch["mesh_rel"], surface.faces)})
    return found


def pixelaligned(out, keep, batch, surface, aux=None):
    camera = out["weak_camera"]
    found = {"camera": losses.l1(camera, batch["weak_camera"])}
    if "mesh_rel" in batch:
        truth = batch["mesh_rel"]
        found["mesh"] = losses.l1(out["mesh_rel"], truth) + sum(
            losses.l1(keep["mesh%d" % (n + 1)], truth[:, surface.kept(n)]) for n in (1, 2, 3))
        found["edge"] = losses.edge_length(out["mesh_rel"], truth, surface.faces)
        found["normal"] = losses.normal(out["mesh_rel"], truth, surface.faces)
    else:
        # Joints alone, as a teacher gives them: where they are in the picture, and how they lie about the wrist.
        joints = surface.regressor @ out["mesh_rel"]
        seen = (camera[:, None, :1] * joints[:, :, :2] + camera[:, None, 1:] + 1) / 2
        size = batch["input"].shape[3]
        found["2d"] = losses.l1(seen, batch["uv"] + 0.5 / size)
        found["joints"] = losses.l1(joints - joints[:, :1], batch["joints_rel"])
    if aux is not None:
        silhouette, maps = aux(keep["q1"])
        side = maps.shape[3]
        found["pose"] = losses.binary(maps, losses.gaussians(batch["map_points"], side, 2.2 * side / 56))
        if "mask" in batch:
            found["silhouette"] = losses.binary(silhouette[:, 0], batch["mask"])
    return found


def handar(out, keep, batch, surface, render_size=128):
    found = {"joint": losses.l1(out["joints_hm"], batch["joints_hm"], batch["joints_in"])}
    if "mask" in batch:
        found["silhouette"] = losses.classes(out["mask"], batch["mask"])
    if "mesh_hm" in batch:
        truth, inside = batch["mesh_hm"], batch["mesh_in"]
        meshes = (out["rough_mesh"], out["mesh_hm"])
        found["mesh"] = sum(losses.l1(m, truth, inside) for m in meshes)
        found["joint"] = found["joint"] + sum(losses.l1(surface.regressor @ m, batch["joints_hm"], batch["joints_in"]) for m in meshes)
        found["normal"] = sum(losses.normal(m, truth, surface.faces) for m in meshes)
        found["edge"] = sum(losses.edge_length(m, truth, surface.faces) for m in meshes)
        if surface.colours is not None and render_size > 0:
            found["render"] = losses.l2(fingers(out["mesh_hm"], surface, render_size), fingers(truth, surface, render_size))
    return found


def fingers(mesh, surface, size):
    """A picture of the hand with a colour per finger, [B, 3, size, size]."""
    points = torch.cat([mesh[..., :2] * (size / 64), (mesh[..., 2:] / 32 - 1) * 0.15], 2)
    return render.soft_render(points, surface.faces, surface.colours[None].expand(mesh.shape[0], -1, -1), size)[0]


def handdgp_terms(out, keep, batch, surface, second=None):
    found = {"2d": losses.l1(out["uv"], batch["uv"]),
             "translation": losses.root_distance(out["root"] / handdgp.UNIT, batch["root"] / handdgp.UNIT),
             "keypoints": losses.l1(handdgp.project(out["joints_rel"] + out["root"][:, None]), batch["uv"])}
    if "mesh_rel" in batch:
        truth = batch["mesh_rel"]
        placed = handdgp.UNIT * truth + batch["root"][:, None]
        found.update({
            "mesh": losses.l1(out["mesh_rel"], truth),
            "edge": losses.edge_length(out["mesh_rel"], truth, surface.faces),
            "normal": losses.normal(out["mesh_rel"], truth, surface.faces),
            "vertices2d": losses.l1(handdgp.project(handdgp.UNIT * out["mesh_rel"] + out["root"][:, None]), handdgp.project(placed))})
    if second is not None:
        other, turn = second
        found["consistency3d"] = losses.consistency(out["mesh_rel"], other["mesh_rel"], turn)
        centre = handdgp.CENTRE / handdgp.SIZE
        found["consistency2d"] = losses.consistency(out["uv"] - centre, other["uv"] - centre, turn)
    return found


def graphhand(out, keep, batch, surface, stage="2", pseudo=None):
    """Stages 1a and 3 train the heat maps, 1b the pose regressor, 2 everything else with the full loss, 4 all with the weak one."""
    found = {}
    if stage != "1b":
        side = out["heat1"].shape[3]
        maps = losses.gaussians(batch["map_points"], side, 4 * side / 64)
        found["heat"] = losses.heat_maps(out["heat0"], maps) + losses.heat_maps(out["heat1"], maps)
    if stage in ("1a", "3"):
        return found
    joints = torch.cat([batch["joints_uvd"][:, 1:, :2], out["pose_depth"][:, :, None]], 2)
    found["joints"] = (space(joints, batch) - space(batch["joints_uvd"][:, 1:], batch)).pow(2).sum(2).mean()
    if stage == "1b":
        return found
    shape = space(out["uvd"], batch)
    if stage == "2":
        truth = space(batch["mesh_uvd"], batch)
        found["mesh"] = (shape - truth).pow(2).sum(2).mean() + (out["uvd"] - batch["mesh_uvd"])[..., :2].pow(2).sum(2).mean()
        found["normal"] = losses.raw_normal(shape, truth, surface.faces)
    else:
        truth = space(pseudo["uvd"], batch).detach()
        if "depth_map" in batch:
            points = torch.cat([out["uvd"][..., :2] * 32 - 0.5, out["uvd"][..., 2:]], 2)
            depth, hand = render.soft_render(points, surface.faces, out["uvd"][..., 2:], 32, depth_scale=0.1, background=10.0)
            found["depth"] = losses.rendered_depth(depth[:, 0], hand, batch["depth_map"], batch["hand_map"])
    found["edge"] = losses.unique_edge_squares(shape, truth, surface.edges)
    found["laplace"] = losses.laplacian(shape, truth, surface.edges)
    return found


def space(uvd, batch):
    """Points relative to the wrist in hand scales: (x, y, z - root) / scale, from fractions of the crop and relative depth."""
    root, scale = batch["place"][:, None, :1], batch["place"][:, None, 1:]
    size = batch["input"].shape[3]
    camera = batch["crop_camera"][:, None]
    z = uvd[..., 2:] * scale + root
    xy = (uvd[..., :2] * size - 0.5 - camera[..., 2:]) / camera[..., :2] * z
    return (torch.cat([xy, z], 2) - batch["root"][:, None]) / scale


TERMS = {"inceptiongraph": inceptiongraph, "pixelaligned": pixelaligned, "handar": handar, "handdgp": handdgp_terms, "graphhand": graphhand}
