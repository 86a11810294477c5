"""What each network sees of a sample, and what it should say: crop, augmentation, targets (docs/training.md, Targets).

A sample is a dict: image uint8 [H, W, 3], camera (fx, fy, cx, cy), joints [21, 3], and where they are known vertices [V, 3], mask
bool [H, W], depth [H, W] (metres, inf where no hand is), box (x, y, w, h), scale (metres, joints 9 to 10), left. Camera frame: metres,
x right, y down, z forward; pixel centres at integers.
"""
import numpy as np

UNIT = 0.2                                             # metres per unit of a relative mesh
CANONICAL = (1000.0, 1000.0, 112.0, 112.0)             # handdgp's camera
LEFT = ("graphhand",)                                  # systems that see left hands
SIZES = {"inceptiongraph": 224, "pixelaligned": 224, "handdgp": 224, "handar": 256, "graphhand": 256}
ENLARGE = {"inceptiongraph": 1.3, "pixelaligned": 1.3, "handdgp": 1.3, "handar": 1.25, "graphhand": 1.33}


def view(system, sample, rng=None, size=None, augment=True):
    """Arrays of one training item; `rng` None or `augment` False: the plain view. Key "input" is [3, size, size] float32."""
    size = size or SIZES[system]
    draw = rng if augment else None
    s = mirrored(sample) if bool(sample.get("left")) != (system in LEFT) else dict(sample)
    angle = turn_of(system, draw)
    points = turn(s["joints"], angle)
    mesh = None if s.get("vertices") is None else turn(s["vertices"], angle)
    camera = np.asarray(s["camera"], np.float64)
    box = crop_box(system, s, project(points if mesh is None else mesh, camera), angle, draw)
    item = {"angle": np.float32(angle)}
    if system == "handdgp":
        crop_camera = np.array(CANONICAL) * size / 224
        picture = rectified(s["image"], camera, box, angle, size)
    else:
        crop_camera, to_image = crop_of(system, camera, box, size)
        picture = warp(s["image"], unturned(camera, angle) @ to_image, size)
    if draw is not None:
        picture = np.clip(picture * draw.uniform(0.8, 1.2, 3), 0, 255)
    item["input"] = normalised(system, picture)
    item["crop_camera"] = crop_camera.astype(np.float32)
    TARGETS[system](item, s, points, mesh, crop_camera, size)
    if s.get("mask") is not None and system in ("pixelaligned", "handar"):
        small = size // (4 if system == "pixelaligned" else 2)
        mask = warp(s["mask"].astype(np.float64)[:, :, None] * 255, unturned(camera, angle) @ to_image, size)[:, :, 0] / 255
        mask = mask.reshape(small, size // small, small, size // small).mean((1, 3))
        item["mask"] = (mask if system == "pixelaligned" else mask > 0.5).astype(np.float32)
    if system == "graphhand" and s.get("depth") is not None:
        depth_map(item, s, points, camera, angle, to_image, size)
    return {k: np.ascontiguousarray(v) for k, v in item.items()}


# ---------------------------------------------------------------- targets

def project(points, camera):
    return points[:, :2] / points[:, 2:] * camera[:2] + camera[2:]


def relative(item, points, mesh):
    """(vertex - wrist) / 0.2 with the regressed wrist, the point that uv[0] and the depth are of too."""
    item["joints_rel"] = ((points - points[0]) / UNIT).astype(np.float32)
    if mesh is not None:
        item["mesh_rel"] = ((mesh - points[0]) / UNIT).astype(np.float32)


def targets_inceptiongraph(item, s, points, mesh, camera, size):
    relative(item, points, mesh)
    mean = np.sqrt(camera[0] * camera[1])
    item["uv"] = (project(points, camera) / size).astype(np.float32)
    item["depth_norm"] = np.float32(1000 * points[0, 2] / mean)
    if mesh is not None:
        item["depths"] = (1000 * mesh[:, 2] / mean).astype(np.float32)


def targets_pixelaligned(item, s, points, mesh, camera, size):
    relative(item, points, mesh)
    uv = project(points, camera)
    item["uv"] = (uv / size).astype(np.float32)
    item["map_points"] = ((uv + 0.5) / 4 - 0.5).astype(np.float32)
    u, v = uv[0]
    item["weak_camera"] = np.array([2 * UNIT * np.sqrt(camera[0] * camera[1]) / (size * points[0, 2]),
                                    2 * (u + 0.5) / size - 1, 2 * (v + 0.5) / size - 1], np.float32)


def targets_handdgp(item, s, points, mesh, camera, size):
    relative(item, points, mesh)
    item["uv"] = (project(points, camera) / size).astype(np.float32)
    item["root"] = points[0].astype(np.float32)


def targets_handar(item, s, points, mesh, camera, size):
    def heat(p):
        z = ((p[:, 2:] - points[0, 2]) / 0.15 + 1) * 32
        return np.concatenate([project(p, camera) * 64 / size, z], 1).astype(np.float32)
    item["joints_hm"] = heat(points)
    item["joints_in"] = ((item["joints_hm"] >= 0) & (item["joints_hm"] < 64)).all(1)
    if mesh is not None:
        item["mesh_hm"] = heat(mesh)
        item["mesh_in"] = ((item["mesh_hm"] >= 0) & (item["mesh_hm"] < 64)).all(1)


def targets_graphhand(item, s, points, mesh, camera, size):
    scale = s.get("scale") or float(np.linalg.norm(points[10] - points[9]))

    def fractions(p):
        uv = (project(p, camera) + 0.5) / size
        return np.concatenate([uv, (p[:, 2:] - points[0, 2]) / scale], 1).astype(np.float32)
    item["joints_uvd"] = fractions(points)
    item["map_points"] = (item["joints_uvd"][:, :2] * (size // 4) - 0.5).astype(np.float32)
    item["place"] = np.array([points[0, 2], scale], np.float32)
    item["root"] = points[0].astype(np.float32)
    if mesh is not None:
        item["mesh_uvd"] = fractions(mesh)


TARGETS = {"inceptiongraph": targets_inceptiongraph, "pixelaligned": targets_pixelaligned, "handdgp": targets_handdgp,
           "handar": targets_handar, "graphhand": targets_graphhand}


def depth_map(item, s, points, camera, angle, to_image, size, side=32):
    """Relative depth (z - root) / scale and hand, 32 x 32, nearest sample."""
    at = (np.arange(side) + 0.5) * size / side - 0.5
    u, v = np.meshgrid(at, at)
    m = unturned(camera, angle) @ to_image
    x = np.rint(m[0, 0] * u + m[0, 1] * v + m[0, 2]).astype(int)
    y = np.rint(m[1, 0] * u + m[1, 1] * v + m[1, 2]).astype(int)
    h, w = s["depth"].shape
    inside = (x >= 0) & (x < w) & (y >= 0) & (y < h)
    z = np.where(inside, s["depth"][np.clip(y, 0, h - 1), np.clip(x, 0, w - 1)], np.inf)
    item["hand_map"] = np.isfinite(z).astype(np.float32)
    item["depth_map"] = np.where(np.isfinite(z), (np.where(np.isfinite(z), z, 0) - points[0, 2]) / item["place"][1], FAR).astype(np.float32)


FAR = 10.0                                             # graphhand's background, in hand scales behind the wrist


# ---------------------------------------------------------------- geometry

def mirrored(sample):
    """The same picture in a mirror: left hands become right ones."""
    s = dict(sample)
    w = s["image"].shape[1]
    for name in ("image", "mask", "depth"):
        if s.get(name) is not None:
            s[name] = s[name][:, ::-1]
    for name in ("joints", "vertices"):
        if s.get(name) is not None:
            s[name] = s[name] * (-1, 1, 1)
    fx, fy, cx, cy = s["camera"]
    s["camera"] = (fx, fy, w - 1 - cx, cy)
    if s.get("box") is not None:
        x, y, bw, bh = s["box"]
        s["box"] = (w - x - bw, y, bw, bh)
    s["left"] = not s.get("left")
    return s


def turn(points, angle):
    """About the optical axis, from x towards y."""
    c, s = np.cos(angle), np.sin(angle)
    return np.asarray(points) @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]])


def unturned(camera, angle):
    """Homogeneous map from pixels of the turned picture to pixels of the image."""
    fx, fy, cx, cy = camera
    k = np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1.0]])
    c, s = np.cos(angle), np.sin(angle)
    return k @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]]) @ np.linalg.inv(k)


def bounded(rng):
    """A normal number of deviation 3, redrawn until it lies in -1 .. 1 (MobRecon's code)."""
    while True:
        g = rng.normal(0, 3)
        if -1 <= g <= 1:
            return g


def turn_of(system, rng):
    if rng is None or rng.uniform() >= 0.6:
        return 0.0
    return np.radians(rng.uniform(-90, 90)) if system == "handar" else np.radians(90) * bounded(rng)


def crop_box(system, s, uv, angle, rng):
    """(centre x, centre y, side) of the square that is cut out of the turned picture."""
    if s.get("box") is not None and angle == 0:
        x, y, w, h = s["box"]
    else:
        (x, y), (w, h) = uv.min(0), uv.max(0) - uv.min(0)
    largest = max(w, h)
    scale, cx, cy = ENLARGE[system], x + w / 2, y + h / 2
    if system == "handdgp" or rng is None:
        return cx, cy, scale * largest
    if system == "handar":
        return cx, cy, scale * largest * (1 + 0.25 * np.clip(rng.normal(), -1, 1))
    side = (scale + 0.2 * bounded(rng)) * largest
    return cx + bounded(rng) * (side - w) / 2, cy + bounded(rng) * (side - h) / 2, side


def crop_of(system, camera, box, size):
    """Camera of the crop, and the homogeneous map from its pixels to those of the picture."""
    cx, cy, side = box
    if system == "graphhand":
        left, top, side = np.trunc(cx - side / 2), np.trunc(cy - side / 2), np.trunc(side)
        cx, cy = left + side / 2, top + side / 2
    step = side / size
    # handar counts from the centre without a half pixel; the others from the edge with one.
    ox, oy = (cx - size / 2 * step, cy - size / 2 * step) if system == "handar" else (cx - side / 2 + 0.5 * step - 0.5, cy - side / 2 + 0.5 * step - 0.5)
    fx, fy, px, py = camera
    return np.array([fx / step, fy / step, (px - ox) / step, (py - oy) / step]), np.array([[step, 0, ox], [0, step, oy], [0, 0, 1.0]])


def warp(image, to_image, size):
    """Bilinear [size, size, C] float64; taps outside the image are 0."""
    v, u = np.mgrid[0:size, 0:size]
    x = to_image[0, 0] * u + to_image[0, 1] * v + to_image[0, 2]
    y = to_image[1, 0] * u + to_image[1, 1] * v + to_image[1, 2]
    h, w = image.shape[:2]
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    out = np.zeros((size, size, image.shape[2]))
    for dy in (0, 1):
        for dx in (0, 1):
            xx, yy = x0 + dx, y0 + dy
            weight = ((x - x0) if dx else (1 - x + x0)) * ((y - y0) if dy else (1 - y + y0)) * ((xx >= 0) & (xx < w) & (yy >= 0) & (yy < h))
            out += image[np.clip(yy, 0, h - 1), np.clip(xx, 0, w - 1)] * weight[..., None]
    return out


def rectified(image, camera, box, angle, size):
    """handdgp's two steps: the 1.3-fold crop at 224 pixels in 8 bits, then the canonical camera."""
    cx, cy, side = box
    step = side / 224
    crop_to_image = np.array([[step, 0, cx - 112 * step], [0, step, cy - 112 * step], [0, 0, 1.0]])
    crop = np.rint(warp(image, unturned(camera, angle) @ crop_to_image, 224))
    fx, fy, px, py = camera
    f = np.array([fx, fy]) / step
    c = np.array([(px - crop_to_image[0, 2]) / step, (py - crop_to_image[1, 2]) / step])
    canonical = np.array(CANONICAL) * size / 224
    scale = f / canonical[:2]
    offset = c - canonical[2:] * scale
    return warp(crop, np.array([[scale[0], 0, offset[0]], [0, scale[1], offset[1]], [0, 0, 1.0]]), size)


def normalised(system, picture):
    """RGB 0..255 to what the network reads, [3, size, size] float32."""
    x = picture / 255
    if system == "handdgp":
        x = (x - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    elif system == "graphhand":
        x = x[:, :, ::-1] - 0.5
    elif system != "handar":
        x = (x - 0.5) / 0.5
    return x.transpose(2, 0, 1).astype(np.float32)
