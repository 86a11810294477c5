"""Messages of sensor_msgs to frames and cameras, hands to joint states. Any object with the fields of the messages will do."""
from __future__ import annotations

from typing import Any, List, Tuple

import numpy as np

import handmesh

# sensor_msgs/image_encodings.hpp
ENCODINGS = {
    "rgb8": "rgb", "bgr8": "bgr", "rgba8": "rgba", "bgra8": "bgra", "mono8": "gray8", "8UC1": "gray8", "mono16": "gray16", "16UC1": "gray16",
    "8UC3": "bgr", "yuv422": "uyvy", "uyvy": "uyvy", "yuv422_yuy2": "yuyv", "yuyv": "yuyv", "nv21": "nv21",
}
LENSES = {"plumb_bob": "brown-conrady", "rational_polynomial": "brown-conrady", "equidistant": "fisheye", "fisheye": "fisheye"}
FINGERS = ("thumb", "index", "middle", "ring", "little")


def frame_of(image: Any) -> handmesh.Frame:
    """The frame of an Image; its data are read where they are."""
    if image.encoding not in ENCODINGS:
        raise ValueError(f"images with the encoding '{image.encoding}' are not understood; use one of {', '.join(sorted(ENCODINGS))}")
    if image.is_bigendian and ENCODINGS[image.encoding] == "gray16":
        raise ValueError("16-bit images with the high byte first are not understood; publish them with the low byte first")
    return handmesh.Frame(image.data, ENCODINGS[image.encoding], size=(image.width, image.height), stride=image.step)


def camera_of(info: Any) -> handmesh.Camera:
    """The camera of a CameraInfo that belongs to raw images. Zeros in K say that it was not calibrated."""
    k = list(info.k)
    if k[0] == 0:
        raise ValueError("the camera_info has a zero focal length: the camera was not calibrated")
    coefficients = [] if not any(info.d) else list(info.d)
    if coefficients and info.distortion_model not in LENSES:
        raise ValueError(f"the distortion model '{info.distortion_model}' is not understood; use one of {', '.join(sorted(LENSES))}")
    return handmesh.Camera(
        k[0], k[4], k[2], k[5], size=(info.width, info.height), lens=LENSES[info.distortion_model] if coefficients else "pinhole",
        coefficients=coefficients)


def joint_names(hand: handmesh.Hand) -> List[str]:
    """Names of the joints, for example left_index_1: counted from the palm."""
    return [f"{hand.handedness}_{finger}_{joint}" for finger in FINGERS for joint in (1, 2, 3)]


def joint_angles(hand: handmesh.Hand) -> np.ndarray:
    """How far each of the 15 joints bends: the angle between its bones, radians, 0 when straight."""
    chains = np.array([[0, *range(1 + 4 * finger, 5 + 4 * finger)] for finger in range(5)])
    bones = np.diff(hand.joints[chains].astype(np.float64), axis=1)
    bones /= np.linalg.norm(bones, axis=2, keepdims=True)
    return np.arccos(np.clip((bones[:, :-1] * bones[:, 1:]).sum(axis=2), -1, 1)).ravel()


def joint_states(hands: handmesh.Result) -> List[Tuple[List[str], List[float]]]:
    """Names and positions for each hand."""
    return [(joint_names(hand), joint_angles(hand).tolist()) for hand in hands]
