#!/usr/bin/python3
"""Writes tests/parity/evaluation/sets: tiny data sets in each layout that `handmesh evaluate` reads, with random hands as truth.

    tools/make-evaluation-fixtures.py

Needs numpy, scipy and Pillow. The pictures are noise: only layouts, orders, units and axes are tested with them.
"""
import json
import os
import pickle

import numpy as np
from PIL import Image
from scipy.io import savemat

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "parity", "evaluation", "sets")
rng = np.random.default_rng(7)

# take[i]: ours[i] = theirs[take[i]]
HO3D = [0, 13, 14, 15, 16, 1, 2, 3, 17, 4, 5, 6, 18, 10, 11, 12, 19, 7, 8, 9, 20]
RHD = [0, 4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 16, 15, 14, 13, 20, 19, 18, 17]
STB = [0, 17, 18, 19, 20, 13, 14, 15, 16, 9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4]


def hand(depth=0.5):
    """21 joints in our order, metres, camera frame, fingers straight and spread."""
    joints = [np.zeros(3)]
    for finger in range(5):
        direction = np.array([np.sin((finger - 2) * 0.35), -np.cos((finger - 2) * 0.35), 0.1 * rng.normal()])
        direction /= np.linalg.norm(direction)
        for bone in range(4):
            joints.append(direction * (0.08, 0.045, 0.028, 0.022)[bone] + (joints[-1] if bone else 0))
    return np.round(np.array(joints) + [0.02 * rng.normal(), 0.02 * rng.normal(), depth], 6)


def mesh(joints, count=12):
    return np.round(joints[rng.integers(0, 21, count)] + 0.008 * rng.normal(size=(count, 3)), 6)


def picture(path, size=(16, 12)):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    few = rng.integers(0, 255, (min(size[1], 16), min(size[0], 16), 3), dtype=np.uint8)
    Image.fromarray(few).resize(size, Image.NEAREST).save(path)


def text(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(value if isinstance(value, str) else json.dumps(value))


def theirs(ours, take):
    out = np.zeros_like(ours)
    out[take] = ours
    return out


truth = {}

# FreiHAND: three images.
hands = [hand() for _ in range(3)]
meshes = [mesh(h) for h in hands]
for i in range(3):
    picture(f"{root}/freihand/evaluation/rgb/{i:08d}.jpg", (224, 224))
text(f"{root}/freihand/evaluation_K.json", [[[480, 0, 112], [0, 480, 112], [0, 0, 1]]] * 3)
text(f"{root}/freihand/evaluation_scale.json", [float(np.linalg.norm(h[10] - h[9])) for h in hands])
text(f"{root}/freihand/evaluation_xyz.json", [h.tolist() for h in hands])
text(f"{root}/freihand/evaluation_verts.json", [m.tolist() for m in meshes])
truth["freihand"] = [h.tolist() for h in hands]

# HO-3D: two frames of two sequences, OpenGL axes, its own joint order.
hands = [hand(0.6) for _ in range(2)]
meshes = [mesh(h) for h in hands]
gl = np.array([1.0, -1.0, -1.0])
text(f"{root}/ho3d/evaluation.txt", "SM1/0000\nAP10/0007\n")
for i, (sequence, frame) in enumerate((("SM1", "0000"), ("AP10", "0007"))):
    picture(f"{root}/ho3d/evaluation/{sequence}/rgb/{frame}.png", (640, 480))
    os.makedirs(f"{root}/ho3d/evaluation/{sequence}/meta", exist_ok=True)
    with open(f"{root}/ho3d/evaluation/{sequence}/meta/{frame}.pkl", "wb") as file:
        pickle.dump({"camMat": np.array([[617.3, 0, 312.4], [0, 617.1, 241.4], [0, 0, 1]]), "objName": "bottle",
                     "handJoints3D": hands[i][0] * gl, "handBoundingBox": np.array([200, 100, 440, 340])}, file, protocol=2)
text(f"{root}/ho3d/evaluation_xyz.json", [(theirs(h, HO3D) * gl).tolist() for h in hands])
text(f"{root}/ho3d/evaluation_verts.json", [(m * gl).tolist() for m in meshes])
truth["ho3d"] = [h.tolist() for h in hands]

# STB: two frames a test sequence, labels in the depth camera, millimetres, palm first.
angle = np.array([0.00531, -0.01196, 0.00301])
k = np.array([[0, -angle[2], angle[1]], [angle[2], 0, -angle[0]], [-angle[1], angle[0], 0]]) / np.linalg.norm(angle)
turn = np.eye(3) + np.sin(np.linalg.norm(angle)) * k + (1 - np.cos(np.linalg.norm(angle))) * k @ k
truth["stb"] = []
for sequence in ("B1Counting", "B1Random"):
    frames = [hand(0.5) for _ in range(2)]
    labels = []
    for i, joints in enumerate(frames):
        picture(f"{root}/stb/{sequence}/SK_color_{i}.png")
        with_palm = joints.copy()
        with_palm[0] = (joints[0] + joints[13]) / 2
        labels.append((turn @ (theirs(with_palm, STB) * 1000).T).T + [-24.0381, -0.4563, -1.2326])
        truth["stb"].append(joints.tolist())
    os.makedirs(f"{root}/stb/labels", exist_ok=True)
    savemat(f"{root}/stb/labels/{sequence}_SK.mat", {"handPara": np.array(labels).transpose(2, 1, 0)}, do_compression=sequence == "B1Random")

# RHD: two images, two hands each; the larger mask decides.
annotations, truth["rhd"] = {}, []
for i in range(2):
    left, right = hand(0.7), hand(0.7)
    both = np.vstack([theirs(left, RHD), theirs(right, RHD)])
    visible = np.ones((42, 3))
    visible[5 + 21 * (1 - i), 2] = 0
    annotations[i] = {"uv_vis": visible, "xyz": both, "K": np.array([[300.0, 0, 160], [0, 300, 160], [0, 0, 1]])}
    picture(f"{root}/rhd/evaluation/color/{i:05d}.png", (20, 20))
    mask = np.zeros((20, 20), np.uint8)
    mask[:4], mask[10: 12 + 4 * i] = 18, 5
    os.makedirs(f"{root}/rhd/evaluation/mask", exist_ok=True)
    Image.fromarray(mask).save(f"{root}/rhd/evaluation/mask/{i:05d}.png")
    truth["rhd"].append((left if i else right).tolist())
with open(f"{root}/rhd/evaluation/anno_evaluation.pickle", "wb") as file:
    pickle.dump(annotations, file, protocol=2)

# Ge et al.: two crops, centimetres.
hands = [hand(0.6) for _ in range(2)]
for i in range(2):
    picture(f"{root}/ge/images/{i:05d}.jpg", (256, 256))
os.makedirs(f"{root}/ge", exist_ok=True)
savemat(f"{root}/ge/params.mat", {
    "image_path": np.array(["images/00000.jpg", "images/00001.jpg"]),
    "cam_param": np.tile([923.648, 923.759, 640.047, 362.336], (2, 1)),
    "bbox": np.array([[500, 200, 300, 300], [450, 180, 320, 320]], np.int32),
    "pose_root": np.array([h[0] * 100 for h in hands]), "pose_scale": np.full((1, 2), 5, np.uint8)})
savemat(f"{root}/ge/pose_gt.mat", {"pose_gt": np.array([h * 100 for h in hands], np.float32)}, do_compression=True)
truth["ge"] = [h.tolist() for h in hands]

# A list.
hands = [hand(0.5) for _ in range(2)]
lines = []
for i in range(2):
    picture(f"{root}/list/pictures/{i}.png")
    lines.append(json.dumps({"file": f"pictures/{i}.png", "camera": [480, 480, 8, 6], "box": [1, 1, 10, 10], "handedness": "right",
                             "joints": hands[i].tolist(), "valid": [1] * 20 + [0]}))
text(f"{root}/list/list.jsonl", "\n".join(lines) + "\n\n")
truth["list"] = [h.tolist() for h in hands]

text(f"{root}/truth.json", truth)
