"""Data sets on disk as samples (views.py says what one holds): the layouts of docs/evaluation.md, and pictures with a teacher's joints.

    samples = read("freihand", "/data/FreiHAND", "training")
    samples[7]["image"]

Pictures are decoded when a sample is asked for. A set without meshes (ho3d, stb, rhd, lists without vertices) supervises joints alone.
"""
import json
import os
import pickle

import numpy as np

# take[i]: ours[i] = theirs[take[i]]
HO3D = [0, 13, 14, 15, 16, 1, 2, 3, 17, 4, 5, 6, 18, 10, 11, 12, 19, 7, 8, 9, 20]
RHD = [0, 4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 16, 15, 14, 13, 20, 19, 18, 17]
STB = [0, 17, 18, 19, 20, 13, 14, 15, 16, 9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4]
STB_CAMERA = (607.92271, 607.88192, 314.78337, 236.42484)
STB_TURN, STB_SHIFT = (0.00531, -0.01196, 0.00301), (-24.0381, -0.4563, -1.2326)
FREIHAND_IDS, FREIHAND_COPIES = 32560, 4


class Samples:
    """A sequence of samples; `make` gives one without its picture, under `file`."""

    def __init__(self, count, make, has_mesh):
        self.count, self.make, self.has_mesh = count, make, has_mesh

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if not 0 <= index < self.count:
            raise IndexError(index)
        s = self.make(index)
        s["image"] = picture(s["file"])
        mask = s.pop("mask_file", None)
        if mask is not None:
            s["mask"] = picture(mask)[:, :, 0] > s.pop("mask_over", 127)
        return s


def picture(path):
    from PIL import Image
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def read(kind, folder, split="training"):
    """Samples of a layout; the split is training or evaluation."""
    if kind not in READERS:
        raise ValueError("unknown data set layout %r: give %s" % (kind, ", ".join(READERS)))
    if split not in ("training", "evaluation"):
        raise ValueError("there is no split %r: give training or evaluation" % split)
    if not os.path.exists(folder):
        raise ValueError("%s: there is no such folder or list" % folder)
    return READERS[kind](folder, split)


def load(folder, name):
    path = os.path.join(folder, name)
    if not os.path.isfile(path):
        raise ValueError("%s: the layout needs this file" % path)
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def freihand(folder, split):
    k, xyz = load(folder, split + "_K.json"), load(folder, split + "_xyz.json")
    verts = load(folder, split + "_verts.json") if os.path.isfile(os.path.join(folder, split + "_verts.json")) else None
    copies = 1
    while copies < FREIHAND_COPIES and os.path.isfile(os.path.join(folder, split, "rgb", "%08d.jpg" % (copies * len(k)))):
        copies += 1

    def make(index):
        at = index % len(k)
        s = dict(file=os.path.join(folder, split, "rgb", "%08d.jpg" % index), camera=intrinsics(k[at]), joints=np.array(xyz[at]), left=False)
        if verts is not None:
            s["vertices"] = np.array(verts[at])
        mask = os.path.join(folder, split, "mask", "%08d.jpg" % at)
        if os.path.isfile(mask):
            s.update(mask_file=mask, mask_over=240)
        return s
    return Samples(copies * len(k), make, verts is not None)


def ho3d(folder, split):
    part = "train" if split == "training" else "evaluation"
    with open(os.path.join(folder, part + ".txt")) as f:
        names = f.read().split()
    truth = load(folder, "evaluation_xyz.json") if part == "evaluation" else None
    axes = np.array([1.0, -1.0, -1.0])                       # OpenGL to ours
    if truth is None:
        names = [name for name in names if _meta(folder, part, name).get("handJoints3D") is not None]

    def make(index):
        sequence, frame = names[index].split("/")
        base = os.path.join(folder, part, sequence, "rgb", frame)
        meta = _meta(folder, part, names[index])
        theirs = np.array(truth[index] if truth else meta["handJoints3D"])
        return dict(file=base + (".png" if os.path.isfile(base + ".png") else ".jpg"), camera=intrinsics(meta["camMat"]),
                    joints=(theirs * axes)[HO3D], left=False)
    return Samples(len(names), make, False)


def _meta(folder, part, name):
    sequence, frame = name.split("/")
    return unpickle(os.path.join(folder, part, sequence, "meta", frame + ".pkl"))


def stb(folder, split):
    from scipy.io import loadmat
    numbers = (1,) if split == "evaluation" else (2, 3, 4, 5, 6)
    frames = []
    for n in numbers:
        for motion in ("Counting", "Random"):
            name = "B%d%s" % (n, motion)
            hands = loadmat(os.path.join(folder, "labels", name + "_SK.mat"))["handPara"]     # [3, 21, frames], millimetres, depth camera
            frames += [(os.path.join(folder, name, "SK_color_%d.png" % i), hands[:, :, i].T) for i in range(hands.shape[2])]
    angle = np.linalg.norm(STB_TURN)
    x, y, z = np.array(STB_TURN) / angle
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross

    def make(index):
        file, theirs = frames[index]
        joints = (theirs[STB] - STB_SHIFT) @ turn / 1000
        joints[0] = 2 * joints[0] - joints[13]               # from the palm to the wrist
        return dict(file=file, camera=STB_CAMERA, joints=joints, left=True)
    return Samples(len(frames), make, False)


def rhd(folder, split):
    annotations = unpickle(os.path.join(folder, split, "anno_%s.pickle" % split))
    names = sorted(annotations)

    def make(index):
        about = annotations[names[index]]
        parts = picture(os.path.join(folder, split, "mask", "%05d.png" % names[index]))[:, :, 0]
        left = ((parts > 1) & (parts < 18)).sum() > (parts > 17).sum()
        rows = slice(0, 21) if left else slice(21, 42)
        return dict(file=os.path.join(folder, split, "color", "%05d.png" % names[index]), camera=intrinsics(about["K"]),
                    joints=np.asarray(about["xyz"])[rows][RHD], left=bool(left))
    return Samples(len(names), make, False)


def ge(folder, split):
    """Ge et al.'s real set: crops of 256 pixels of a left hand, given in the camera of the crop."""
    from scipy.io import loadmat
    about, pose = loadmat(os.path.join(folder, "params.mat")), loadmat(os.path.join(folder, "pose_gt.mat"))["pose_gt"]
    meshes = os.path.isdir(os.path.join(folder, "real_hand_3D_mesh"))
    names = [str(n).strip() for n in about["image_path"].ravel()]

    def make(index):
        x, y, w, _ = about["bbox"][index].astype(float)
        fx, fy, cx, cy = about["cam_param"][index].astype(float)
        r = 256 / w
        s = dict(file=os.path.join(folder, names[index]), camera=(fx * r, fy * r, (cx - x) * r, (cy - y) * r),
                 joints=pose[index].astype(float) / 100, left=True, scale=float(about["pose_scale"].ravel()[index]) / 100)
        if meshes:
            with open(os.path.join(folder, "real_hand_3D_mesh", "%05d.obj" % index)) as f:
                rows = [line.split()[1:4] for line in f if line.startswith("v ")]
            s["vertices"] = np.delete(np.array(rows, float), range(473, 529), axis=0) / 100
        return s
    return Samples(len(names), make, meshes)


def image_list(path, split):
    rows = lines(path)
    folder = os.path.dirname(os.path.abspath(path))
    for number, row in enumerate(rows, 1):
        if "camera" not in row or "joints" not in row:
            raise ValueError("%s: picture %d (%s) states no %s" % (path, number, row.get("file"), "camera" if "camera" not in row else "joints"))

    def make(index):
        row = rows[index]
        s = dict(file=os.path.join(folder, row["file"]), camera=tuple(row["camera"]), joints=np.array(row["joints"]),
                 left=row.get("handedness") == "left", box=row.get("box"))
        if "vertices" in row:
            s["vertices"] = np.array(row["vertices"])
        if "mask" in row:
            s["mask_file"] = os.path.join(folder, row["mask"])
        return s
    return Samples(len(rows), make, bool(rows) and all("vertices" in row for row in rows))


def taught(path, predictions):
    """Pictures of a list with the joints that `handmesh evaluate LIST` predicted into predictions.jsonl; those without a hand are left out."""
    rows, folder = lines(path), os.path.dirname(os.path.abspath(path))
    answers = {p["id"]: p for p in lines(predictions) if "id" in p}
    pairs = [(row, answers[row["file"]]["joints"]) for row in rows if len(answers.get(row["file"], {}).get("joints", [])) == 21]
    if not pairs:
        raise ValueError("%s holds no hand for any picture of %s" % (predictions, path))
    for row, _ in pairs:
        if "camera" not in row:
            raise ValueError("%s: %s states no camera" % (path, row["file"]))

    def make(index):
        row, joints = pairs[index]
        joints = np.array(joints)
        return dict(file=os.path.join(folder, row["file"]), camera=tuple(row["camera"]), joints=joints,
                    left=row["handedness"] == "left" if "handedness" in row else is_left(joints))
    return Samples(len(pairs), make, False)


def is_left(joints):
    """Side of a hand by its joints: fingers bend towards the palm, the thumb lies on one side."""
    across, along = joints[5] - joints[17], joints[9] - joints[0]
    front = np.cross(along, across)                          # out of a right hand's palm
    bent = sum((joints[tip] - joints[base]) @ front for base, tip in ((5, 8), (9, 12), (13, 16), (17, 20)))
    return bool(bent < 0)


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def intrinsics(k):
    k = np.asarray(k, float)
    return k[0, 0], k[1, 1], k[0, 2], k[1, 2]


class _Arrays(pickle.Unpickler):
    """Only arrays and plain values: a pickle cannot run anything else."""

    ALLOWED = {("numpy.core.multiarray", "_reconstruct"), ("numpy.core.multiarray", "scalar"), ("numpy", "ndarray"), ("numpy", "dtype"),
               ("_codecs", "encode")}

    def find_class(self, module, name):
        if (module.replace("numpy._core", "numpy.core"), name) not in self.ALLOWED:
            raise pickle.UnpicklingError("this pickle asks for %s.%s, which no annotation needs" % (module, name))
        return super().find_class(module, name)


def unpickle(path):
    with open(path, "rb") as f:
        return _Arrays(f, encoding="latin1").load()


READERS = {"freihand": freihand, "ho3d": ho3d, "stb": stb, "rhd": rhd, "ge": ge, "list": image_list}
