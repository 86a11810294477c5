"""Frames, cameras and photos."""
from __future__ import annotations

import array
import ctypes
from ctypes import byref
from typing import Any, Optional, Sequence, Tuple

import numpy as np

from ._library import CameraStruct, Handle, ImageStruct, call, make

FORMATS = {
    "rgb": 1, "bgr": 2, "rgba": 3, "bgra": 4, "argb": 5, "abgr": 6, "gray8": 7, "gray16": 8, "yuyv": 9, "uyvy": 10, "yvyu": 11,
    "nv12": 12, "nv21": 13, "i420": 14, "yv12": 15, "p010": 16,
}
MATRICES = {"bt601": 0, "bt709": 1, "bt2020": 2}
LENSES = {
    "unknown": 0, "pinhole": 1, "brown-conrady": 2, "modified brown-conrady": 3, "fisheye": 4, "fov": 5, "omni": 6, "double sphere": 7,
    "extended unified": 8,
}
_CHANNELS = {"rgb": 3, "bgr": 3, "rgba": 4, "bgra": 4, "argb": 4, "abgr": 4, "yuyv": 2, "uyvy": 2, "yvyu": 2}


def _array(pixels: Any) -> np.ndarray:
    """An array of anything that has one: numpy, buffers, DLPack (PyTorch, JAX, CuPy on the host)."""
    if isinstance(pixels, np.ndarray):
        return pixels
    if isinstance(pixels, (bytes, bytearray, memoryview, array.array)):
        return np.frombuffer(pixels, np.uint8)
    if hasattr(pixels, "__dlpack__") and not hasattr(pixels, "__array_interface__"):
        return np.from_dlpack(pixels)
    return np.asarray(pixels)


class Frame:
    """A frame where it lies in memory. Rows may be padded or bottom-up (``array[::-1]``); nothing is copied.

    :param pixels: uint8 ``[H, W, 3 or 4]``, ``[H, W, 2]`` (YUYV and its like) or ``[H, W]``, uint16 ``[H, W]`` for gray16, anything with
        DLPack or the buffer protocol; or, for formats with planes, a flat buffer with ``size``.
    :param format: ``rgb`` unless said otherwise; OpenCV's arrays are ``bgr``.
    :param size: ``(width, height)`` where the array's shape does not say it.
    :param stride: bytes from row to row of a flat buffer.
    :param turn: degrees clockwise that make the frame upright.
    """

    def __init__(
        self, pixels: Any, format: Optional[str] = None, *, size: Optional[Tuple[int, int]] = None, stride: Optional[int] = None, turn: int = 0,
        mirrored: bool = False, matrix: str = "bt601", full_range: bool = False, black: int = 0, white: int = 0,
    ) -> None:
        samples = _array(pixels)
        if format is None:
            format = "gray16" if samples.dtype == np.uint16 else "gray8" if samples.ndim == 2 else "rgba" if samples.shape[-1] == 4 else "rgb"
        if format not in FORMATS or matrix not in MATRICES:
            raise ValueError(f"'{format}', '{matrix}' is no format or matrix; use one of {', '.join(FORMATS)}, and one of {', '.join(MATRICES)}")
        if samples.dtype not in (np.uint8, np.uint16) or (samples.dtype == np.uint16) and format not in ("gray16", "p010"):
            raise ValueError(f"a {format} frame has samples of uint8 (gray16, p010: uint16), not {samples.dtype}")
        struct = make(ImageStruct)
        struct.format = FORMATS[format]
        struct.turn_degrees, struct.mirrored, struct.matrix, struct.range = turn, int(mirrored), MATRICES[matrix], int(full_range)
        struct.black, struct.white = black, white
        if size is None:
            samples = self._rows(samples, format)
            struct.height, struct.width = samples.shape[:2]
            struct.strides[0] = samples.strides[0]
            row = samples.strides[1] * samples.shape[1]
            lowest = samples.ctypes.data + min(0, samples.strides[0]) * (samples.shape[0] - 1)
            struct.plane_bytes[0] = abs(samples.strides[0]) * (samples.shape[0] - 1) + row
        else:
            samples = np.ascontiguousarray(samples)
            struct.width, struct.height = size
            sample = 2 if format in ("gray16", "p010") else 1
            struct.strides[0] = stride if stride is not None else size[0] * _CHANNELS.get(format, 1) * sample
            lowest = samples.ctypes.data
            struct.plane_bytes[0] = samples.nbytes
        struct.planes[0] = lowest
        self._array = samples
        self._struct = struct

    @staticmethod
    def _rows(array: np.ndarray, format: str) -> np.ndarray:
        channels = _CHANNELS.get(format)
        if format in ("nv12", "nv21", "i420", "yv12", "p010"):
            raise ValueError(f"a frame of format {format} has planes; give its buffer flat, with size=(width, height)")
        if array.ndim != (2 if channels is None else 3) or (channels is not None and array.shape[2] != channels):
            raise ValueError(f"a {format} frame has the shape [H, W{'' if channels is None else f', {channels}'}], not {list(array.shape)}")
        tight = array.strides[1] == array.itemsize * (channels or 1) and (channels is None or array.strides[2] == array.itemsize)
        # Pixels in a row must touch; other views are copied once.
        return array if tight else np.ascontiguousarray(array)

    @property
    def size(self) -> Tuple[int, int]:
        """Width and height as stored."""
        return self._struct.width, self._struct.height


class Camera:
    """Intrinsics in pixels of the stored frame, pixel centres at integers, and the lens."""

    def __init__(
        self, fx: float, fy: float, cx: float, cy: float, *, size: Optional[Tuple[int, int]] = None, lens: str = "unknown",
        coefficients: Sequence[float] = (), allow_partial: bool = False,
    ) -> None:
        if lens not in LENSES:
            raise ValueError(f"'{lens}' is no lens; use one of {', '.join(LENSES)}")
        if len(coefficients) > 14:
            raise ValueError(f"a lens has at most 14 coefficients, not {len(coefficients)}")
        self._struct = make(CameraStruct)
        self._struct.fx, self._struct.fy, self._struct.cx, self._struct.cy = fx, fy, cx, cy
        self._struct.width, self._struct.height = size or (0, 0)
        self._struct.lens, self._struct.coefficient_count = LENSES[lens], len(coefficients)
        self._struct.coefficients[: len(coefficients)] = [float(value) for value in coefficients]
        self._struct.allow_partial = int(allow_partial)

    @classmethod
    def _of(cls, struct: CameraStruct) -> "Camera":
        camera = cls.__new__(cls)
        camera._struct = struct
        return camera

    @classmethod
    def from_field_of_view(cls, width: int, height: int, degrees: float) -> "Camera":
        """Square pixels, centred, with the full horizontal angle."""
        struct = make(CameraStruct)
        call("camera_from_field_of_view", width, height, degrees, byref(struct))
        return cls._of(struct)

    @classmethod
    def load(cls, path: str, width: int, height: int, name: Optional[str] = None) -> "Camera":
        """From a calibration file of ROS, OpenCV or Kalibr."""
        struct = make(CameraStruct)
        call("load_camera", str(path).encode(), name.encode() if name else None, width, height, byref(struct))
        return cls._of(struct)

    @classmethod
    def from_matrix(cls, matrix: Any, size: Tuple[int, int], coefficients: Sequence[float] = ()) -> "Camera":
        """From OpenCV's camera matrix and distortion coefficients."""
        k = np.asarray(matrix, dtype=float)
        flat = [float(value) for value in np.ravel(coefficients)]
        return cls(k[0, 0], k[1, 1], k[0, 2], k[1, 2], size=size, lens="brown-conrady" if flat else "unknown", coefficients=flat)

    @property
    def focal_lengths(self) -> Tuple[float, float]:
        """fx and fy, pixels."""
        return self._struct.fx, self._struct.fy

    @property
    def principal_point(self) -> Tuple[float, float]:
        """cx and cy, pixels."""
        return self._struct.cx, self._struct.cy

    @property
    def is_guess(self) -> bool:
        """The focal length was assumed."""
        return self._struct.source == 1


class Photo(Handle):
    """A JPEG or PNG file: upright RGB pixels, and the camera that its EXIF data describes, or a guess."""

    _free = "free_photo"

    def __init__(self, path: str) -> None:
        super().__init__("load_photo", str(path).encode())
        image, camera = make(ImageStruct), make(CameraStruct)
        call("get_photo", self._handle, byref(image), byref(camera))
        shape = (image.height, image.width, 3)
        pixels = np.ctypeslib.as_array((ctypes.c_uint8 * (shape[0] * shape[1] * 3)).from_address(image.planes[0]))
        #: uint8 ``[H, W, 3]``, of this photo's own.
        self.pixels = pixels.reshape(shape).copy()
        self.camera = Camera._of(camera)
        self.close()
