"""Cases for `handmesh verify` from trained networks: one drawn picture, and what PyTorch makes of it (docs/verify.md)."""
import numpy as np
import torch

import graphhand
import handdgp
import inceptiongraph
import pixelaligned
import synth
import views
from synthetic import Hand

SEED = 5


def write(path, model, system, template, depth):
    """Runs the network on a drawn hand and writes the case."""
    model.eval()
    rng = np.random.default_rng(SEED)
    sample = Hand().sample(rng, size=224)
    uv = views.project(sample["joints"], sample["camera"])
    low, high = np.floor(uv.min(0)), np.ceil(uv.max(0))
    box = np.array([*low, *(high - low)])
    about = {"model": system, "seed": "drawn", "backbone": depth}
    with torch.no_grad():
        synth.save_safetensors(path, RECORD[system](model, sample, box, template), about)
    print(path)


def cmr(module):
    def record(model, sample, box, template):
        made = module.record(model, sample["image"], box, sample["camera"], template.regressor)
        made["faces"] = template.faces.astype(np.int32)
        return made
    return record


def record_handdgp(model, sample, box, template):
    fx, fy, cx, cy = sample["camera"]
    k = np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1]], np.float32)
    crop, rectified = handdgp_input(sample["image"], k, box.astype(np.float32))
    x = (rectified - np.array(handdgp.MEAN)) / np.array(handdgp.DEVIATION)
    out, keep = model(torch.from_numpy(x.transpose(2, 0, 1)[None].astype(np.float32)))
    named = {n: v.numpy() for n, v in keep.items() if n not in ("net.layer1", "net.layer2", "net.layer3")}
    named.update({"net.layer%d_sub8" % n: keep["net.layer%d" % n][:, ::8].numpy() for n in (1, 2, 3)})
    placed = handdgp.UNIT * out["mesh_rel"] + out["root"][:, None]
    named.update({"input.image": sample["image"], "input.K": k, "input.bbox": box.astype(np.float32), "pre.crop": crop,
                  "pre.net_in": rectified.transpose(2, 0, 1)[None].astype(np.float32),
                  "net.kpts2d": out["uv"].numpy(), "net.verts": out["mesh_rel"].numpy(), "net.w": out["weight"].numpy(),
                  "out.kpts_rel": out["joints_rel"].numpy(), "out.t": out["root"].numpy(), "out.verts_cs": placed.numpy(),
                  "out.kpts_cs": (out["joints_rel"] + out["root"][:, None]).numpy()})
    return {n: np.ascontiguousarray(v) for n, v in named.items()}


def handdgp_input(image, k, box):
    """The 8-bit crop by fixed-point arithmetic (docs/systems/handdgp.md 2.1) and the rectified picture, 0..1."""
    x, y, w, h = box.astype(np.float64)
    s = 224 / (1.3 * max(w, h))
    shift = 112 - s * (x + w / 2), 112 - s * (y + h / 2)
    at = np.arange(224)
    px = (int(np.rint(-shift[0] / s * 1024)) + 16 + np.rint(at / s * 1024).astype(np.int64)) >> 5
    py = (np.rint((at / s - shift[1] / s) * 1024).astype(np.int64) + 16) >> 5
    x0, ax, y0, ay = px >> 5, px & 31, py >> 5, py & 31
    total = np.zeros((224, 224, 3), np.int64)
    for dy in (0, 1):
        for dx in (0, 1):
            xx, yy = x0 + dx, y0 + dy
            inside = ((yy >= 0) & (yy < image.shape[0]))[:, None] & ((xx >= 0) & (xx < image.shape[1]))[None]
            weight = (ay if dy else 32 - ay)[:, None] * (ax if dx else 32 - ax)[None] * 32
            tap = image[np.clip(yy, 0, image.shape[0] - 1)][:, np.clip(xx, 0, image.shape[1] - 1)].astype(np.int64)
            total += tap * (weight * inside)[..., None]
    crop = ((total + 16384) >> 15).astype(np.uint8)
    f = np.array([k[0, 0], k[1, 1]], np.float64) * s
    c = np.array([k[0, 2], k[1, 2]], np.float64) * s + shift
    scale, offset = f / 1000, c - 112 * f / 1000
    return crop, views.warp(crop.astype(np.float64) / 255, np.array([[scale[0], 0, offset[0]], [0, scale[1], offset[1]], [0, 0, 1]]), 224)


def record_handar(model, sample, box, template):
    camera = sample["camera"]
    cx, cy, side = box[0] + box[2] / 2, box[1] + box[3] / 2, 1.25 * max(box[2], box[3])
    _, to_image = views.crop_of("handar", camera, (cx, cy, side), 256)
    x = views.normalised("handar", views.warp(sample["image"], to_image, 256))
    out, keep = model(torch.from_numpy(x[None]))
    depth = sample["joints"][0, 2]
    mesh = out["mesh_hm"][0].numpy().astype(np.float64)
    step = side / 256
    u, v = step * 4 * mesh[:, 0] + to_image[0, 2], step * 4 * mesh[:, 1] + to_image[1, 2]
    dz = (mesh[:, 2] / 32 - 1) * 0.15
    z = dz + depth
    placed = np.stack([(u - camera[2]) / camera[0] * z, (v - camera[3]) / camera[1] * z, z], 1)
    named = {n: keep[n].numpy() for n in ("pose_c5", "joint_feat", "mesh_c5", "mesh_feat_x", "mesh_feat_y", "mesh_feat_z",
                                          "heat_x", "heat_y", "heat_z")}
    named.update({n: keep[n][0].numpy() for n in ("global_feat", "gcn_local", "gcn_head", "gcn_res3", "gcn_offset")})
    named.update({"image": sample["image"], "bbox": box.astype(np.float32), "intrinsics": camera.astype(np.float32),
                  "root_depth": np.array([depth], np.float32), "net_input": x[None], "rough_mesh": out["rough_mesh"][0].numpy(),
                  "mesh_hm": out["mesh_hm"][0].numpy(), "mesh_img": np.stack([u, v, dz], 1).astype(np.float32),
                  "mesh_cam": placed.astype(np.float32), "joints_cam": (template.regressor @ placed).astype(np.float32),
                  "faces": template.faces.astype(np.int32), "joint_regressor": template.regressor.astype(np.float32)})
    return {n: np.ascontiguousarray(v) for n, v in named.items()}


def record_graphhand(model, sample, box, template):
    camera, cm = sample["camera"], 100.0
    # A crop of the input's own size needs no resizing, so the network sees these very bytes.
    crop = np.zeros((256, 256, 3), np.uint8)
    x0, y0 = int(box[0] + box[2] / 2) - 128, int(box[1] + box[3] / 2) - 128
    image = sample["image"]
    h, w = image.shape[:2]
    left, top, right, bottom = max(x0, 0), max(y0, 0), min(x0 + 256, w), min(y0 + 256, h)
    crop[top - y0:bottom - y0, left - x0:right - x0] = image[top:bottom, left:right]
    x = torch.from_numpy(views.normalised("graphhand", crop.astype(np.float64))[None])
    out, keep = model(x)
    uv, confidence, margin, far = graphhand.decode(keep["heatmap1"])
    root, scale = sample["joints"][0] * cm, float(np.linalg.norm(sample["joints"][10] - sample["joints"][9])) * cm

    def place(a, b, d):
        z = d * scale + root[2]
        return np.stack([(a * 256 + x0 - camera[2]) / camera[0] * z, (b * 256 + y0 - camera[3]) / camera[1] * z, z], 1)
    uvd = out["uvd"][0].numpy().astype(np.float64)
    joints = np.concatenate([root[None], place(uv.numpy()[1:, 0] / 256, uv.numpy()[1:, 1] / 256, out["pose_depth"][0].numpy().astype(np.float64))])
    named = {n: keep[n].numpy() for n in ("heatmap0", "heatmap1", "feat", "fc1", "fc2", "mesh_uvd_raw", "pose_flat", "pose_fc1")}
    named.update({n + ".ch8": keep[n][:, ::8].numpy() for n in ("stem", "hg0", "enc0", "hg1", "enc1", "fuse")})
    named.update({"mesh_block0": keep["mesh_block0"][0].numpy(), "pose_block0": keep["pose_block0"][0].numpy(),
                  "image": image, "bbox": np.array([x0, y0, 256, 256], np.int32), "cam_fxfyu0v0": camera.astype(np.float32),
                  "root_xyz": root.astype(np.float32), "pose_scale": np.array([scale], np.float32),
                  "crop_bgr": crop[:, :, ::-1], "input": x.numpy(), "pose_depth": out["pose_depth"].numpy(), "joints_uv": uv.numpy(),
                  "joints_conf": confidence.numpy(), "joints_uv_margin": margin.numpy(), "joints_uv_far_margin": far.numpy(),
                  "joints_xyz": joints.astype(np.float32), "mesh_xyz": place(uvd[:, 0], uvd[:, 1], uvd[:, 2]).astype(np.float32)})
    named.update(model.graph_tables)
    return {n: np.ascontiguousarray(v) for n, v in named.items()}


RECORD = {"inceptiongraph": cmr(inceptiongraph), "pixelaligned": cmr(pixelaligned), "handdgp": record_handdgp,
          "handar": record_handar, "graphhand": record_graphhand}
