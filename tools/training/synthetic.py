"""Synthetic hands, drawn on the fly: the project's own mesh bent at its own joints, painted over noise (numpy only).

    hand = Hand()
    sample = hand.sample(np.random.default_rng(1))      # image, camera, vertices, joints, mask, depth, parts

Nothing here is licensed data. Such hands teach a network where a hand is and how it bends, not what skin looks like.
"""
import numpy as np

import tables

PARENT = [-1, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 17, 18, 19]
FINGER = [0] + [f for f in range(1, 6) for _ in range(4)]                           # 0 palm, 1 thumb .. 5 little


class Hand:
    """A mesh [V, 3] with its joints [21, 3] in a rest pose, in metres; without arguments the synthetic hand."""

    def __init__(self, vertices=None, faces=None, joints=None, regressor=None):
        if vertices is None:
            vertices, faces = tables.load()
        self.vertices, self.faces = np.asarray(vertices, np.float64), np.asarray(faces, np.int64)
        self.rest = tables.joint_positions() if joints is None else np.asarray(joints, np.float64)
        self.regressor = tables.joint_regressor(self.vertices) if regressor is None else np.asarray(regressor, np.float64)
        self.skin = skin_weights(self.vertices, self.rest)
        self.part = np.array(FINGER)[self.skin.argmax(1)]
        corner = self.part[self.faces]
        self.face_part = np.where(corner[:, 1] == corner[:, 2], corner[:, 1], corner[:, 0])

    def bent(self, bend, spread):
        """Vertices after bending each joint about its finger's hinge by `bend` [21] and spreading knuckles by `spread` [21] (radians)."""
        turn = [np.eye(3)] * 21
        place = [self.rest[0]] + [None] * 20
        palm = np.cross(self.rest[5] - self.rest[0], self.rest[17] - self.rest[0])
        palm /= np.linalg.norm(palm)
        for j in range(1, 21):
            p = PARENT[j]
            along = self.rest[min(j + 1, 20) if j % 4 else j] - self.rest[j if j % 4 else p]
            hinge = np.cross(palm, along)
            hinge /= max(np.linalg.norm(hinge), 1e-9)
            place[j] = place[p] + turn[p] @ (self.rest[j] - self.rest[p])
            turn[j] = turn[p] @ rotation(hinge, bend[j]) @ rotation(palm, spread[j])
        out = np.zeros_like(self.vertices)
        for j in range(21):
            w = self.skin[:, j:j + 1]
            if w.any():
                out += w * ((self.vertices - self.rest[j]) @ turn[j].T + place[j])
        return out

    def sample(self, rng, size=224, focal=480.0, depth=(0.6, 0.9), aside=0.02):
        """One picture [size, size, 3] with everything that is true of it; the hand lies within `aside` metres of the optical axis."""
        bend, spread = np.zeros(21), np.zeros(21)
        curl = rng.uniform(-0.2, 1.3, 5)
        for f in range(5):
            bend[1 + 4 * f:4 + 4 * f] = (curl[f] + rng.normal(0, 0.15, 3)) * ((0.3, 0.5, 0.6) if f == 0 else (0.9, 1.0, 0.7))
            spread[1 + 4 * f] = rng.normal(0, 0.12)
        v = self.bent(bend, spread) * rng.uniform(0.9, 1.1)
        v = v @ random_rotation(rng).T
        middle = self.regressor @ v
        centre = (middle.max(0) + middle.min(0)) / 2
        v = v - centre + np.array([rng.uniform(-aside, aside), rng.uniform(-aside, aside), rng.uniform(*depth)])
        camera = np.array([focal, focal, (size - 1) / 2, (size - 1) / 2])
        image, mask, z, parts = paint(v, self.faces, self.face_part, camera, size, rng)
        return dict(image=image, camera=camera, vertices=v, joints=self.regressor @ v, mask=mask, depth=z, parts=parts, left=False)


def skin_weights(v, joints, sharp=40.0):
    """Share of every bone's start joint in every vertex [V, 21], by distance to the bones; a fingertip belongs to the joint before it."""
    distance = np.full((len(v), 21), np.inf)
    for j in range(1, 21):
        p = PARENT[j]
        a, b = joints[p], joints[j]
        t = np.clip((v - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        distance[:, p] = np.minimum(distance[:, p], np.linalg.norm(v - a - t[:, None] * (b - a), axis=1))
    w = np.exp(-sharp * 10 * (distance - distance.min(1, keepdims=True)))
    return w / w.sum(1, keepdims=True)


def rotation(axis, angle):
    k = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def random_rotation(rng):
    """Uniform over all rotations."""
    w, x, y, z = q = rng.normal(size=4)
    n = 2 / (q @ q)
    return np.array([[1 - n * (y * y + z * z), n * (x * y - w * z), n * (x * z + w * y)],
                     [n * (x * y + w * z), 1 - n * (x * x + z * z), n * (y * z - w * x)],
                     [n * (x * z - w * y), n * (y * z + w * x), 1 - n * (x * x + y * y)]])


def paint(v, faces, face_part, camera, size, rng):
    """(image uint8, mask bool, depth in metres or inf, part or -1), one sample at each pixel's centre, lit by one lamp, over soft noise."""
    fx, fy, cx, cy = camera
    uv = v[:, :2] / v[:, 2:] * (fx, fy) + (cx, cy)
    normal = np.cross(v[faces[:, 1]] - v[faces[:, 0]], v[faces[:, 2]] - v[faces[:, 0]])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    lamp = np.array([rng.normal(), rng.normal(), -abs(rng.normal()) - 0.5])
    light = 0.45 + 0.55 * np.abs(normal @ (lamp / np.linalg.norm(lamp)))
    coarse = rng.uniform(0, 1, (8, 8, 3))
    at = np.clip(np.arange(size) * 8 // size, 0, 7)
    image = (coarse[at][:, at] * 200 + rng.uniform(0, 55, (size, size, 3)))
    skin = np.array([225, 175, 145]) * rng.uniform(0.45, 1.1) * rng.uniform(0.92, 1.08, 3)
    nearest, parts = np.full((size, size), np.inf), np.full((size, size), -1)
    lo = np.clip(np.ceil(uv[faces].min(1)), 0, size).astype(int)
    hi = np.clip(np.floor(uv[faces].max(1)) + 1, 0, size).astype(int)
    for f in np.flatnonzero(((hi - lo) > 0).all(1) & (v[faces][:, :, 2] > 0).all(1)):
        (ax, ay), (bx, by), (qx, qy) = uv[faces[f]]
        area = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
        if area == 0:
            continue
        y, x = np.mgrid[lo[f, 1]:hi[f, 1], lo[f, 0]:hi[f, 0]]
        wa = ((qx - bx) * (y - by) - (qy - by) * (x - bx)) / area
        wb = ((ax - qx) * (y - qy) - (ay - qy) * (x - qx)) / area
        wc = 1 - wa - wb
        za, zb, zc = v[faces[f], 2]
        z = 1 / np.maximum(wa / za + wb / zb + wc / zc, 1e-9)
        block = (slice(lo[f, 1], hi[f, 1]), slice(lo[f, 0], hi[f, 0]))
        seen = (wa >= 0) & (wb >= 0) & (wc >= 0) & (z < nearest[block])
        nearest[block] = np.where(seen, z, nearest[block])
        parts[block] = np.where(seen, face_part[f], parts[block])
        image[block] = np.where(seen[..., None], skin * light[f], image[block])
    image += rng.normal(0, 4, image.shape)
    return np.clip(image, 0, 255).astype(np.uint8), np.isfinite(nearest), nearest, parts
