"""The structs and functions of handmesh.h."""
from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_float, c_int32, c_uint32, c_uint64, c_void_p, sizeof
from pathlib import Path
from typing import Any, Type, TypeVar

ABI_VERSION = 1


class Error(RuntimeError):
    """A function of the library failed; the message says what is wrong and what to do."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class ImageStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("format", c_int32), ("width", c_int32), ("height", c_int32), ("planes", c_void_p * 3),
        ("plane_bytes", c_uint64 * 3), ("strides", c_int32 * 3), ("chroma_pixel_stride", c_int32), ("matrix", c_int32), ("range", c_int32),
        ("siting", c_int32), ("turn_degrees", c_int32), ("mirrored", c_int32), ("black", c_int32), ("white", c_int32), ("reserved", c_int32),
    ]


class CameraStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("source", c_int32), ("fx", c_double), ("fy", c_double), ("cx", c_double), ("cy", c_double), ("width", c_int32),
        ("height", c_int32), ("lens", c_int32), ("coefficient_count", c_int32), ("coefficients", c_double * 14), ("allow_partial", c_int32),
        ("reserved", c_int32),
    ]


class OptionsStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("threads", c_int32), ("system", c_char_p), ("weights", c_char_p), ("variant", c_char_p), ("device", c_char_p),
        ("kernel_folder", c_char_p), ("precision", c_int32), ("max_hands", c_int32), ("virtual_camera", c_int32), ("profile", c_int32),
    ]


class HintsStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("handedness", c_int32), ("box_x", c_double), ("box_y", c_double), ("box_width", c_double), ("box_height", c_double),
        ("hand_size", c_double), ("root_depth", c_double), ("bone_length", c_double),
    ]


class HandStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("handedness", c_int32), ("score", c_float), ("right_probability", c_float), ("detection_score", c_float),
        ("id", c_int32), ("vertex_count", c_int32), ("face_count", c_int32), ("vertices", POINTER(c_float)), ("normals", POINTER(c_float)),
        ("faces", POINTER(c_int32)), ("joints", POINTER(c_float)), ("relative_joints", POINTER(c_float)), ("keypoints", POINTER(c_float)),
        ("root", c_float * 3), ("translation", c_float * 3), ("is_placed", c_int32), ("placement_flags", c_uint32), ("condition", c_float),
        ("residual_pixels", c_float), ("box_x", c_double), ("box_y", c_double), ("box_width", c_double), ("box_height", c_double),
        ("crop_center_x", c_double), ("crop_center_y", c_double), ("crop_width", c_double), ("crop_height", c_double), ("crop_angle", c_double),
    ]


class PoseStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("beyond_limits", c_int32), ("positions", c_float * 75), ("orientations", c_float * 100), ("radii", c_float * 25),
        ("local_rotations", c_float * 100),
    ]


class BuffersStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("width", c_int32), ("height", c_int32), ("along_ray", c_int32), ("depth", c_void_p), ("mask", c_void_p), ("parts", c_void_p),
        ("depth_count", c_uint64), ("mask_count", c_uint64), ("parts_count", c_uint64), ("depth_stride", c_int32), ("mask_stride", c_int32),
        ("parts_stride", c_int32), ("background", c_float),
    ]


class StageStruct(Structure):
    _fields_ = [("name", c_char_p), ("milliseconds", c_double)]


class DescriptionStruct(Structure):
    _fields_ = [
        ("size", c_uint32), ("max_hands", c_int32), ("system", c_char_p), ("device", c_char_p), ("device_description", c_char_p),
        ("device_note", c_char_p), ("has_stand_in_weights", c_int32), ("reserved", c_int32),
    ]


# Arguments of every function that returns a status.
_FUNCTIONS = {
    "handmesh_open": [POINTER(OptionsStruct), POINTER(c_void_p)],
    "handmesh_close": [c_void_p],
    "handmesh_describe": [c_void_p, POINTER(DescriptionStruct)],
    "handmesh_profile": [c_void_p, c_char_p, c_uint64, POINTER(c_uint64)],
    "handmesh_create_result": [c_void_p, POINTER(c_void_p)],
    "handmesh_free_result": [c_void_p],
    "handmesh_predict": [c_void_p, POINTER(ImageStruct), POINTER(CameraStruct), POINTER(HintsStruct), c_void_p],
    "handmesh_create_tracker": [c_void_p, POINTER(c_void_p)],
    "handmesh_track": [c_void_p, POINTER(ImageStruct), POINTER(CameraStruct), c_void_p],
    "handmesh_reset_tracker": [c_void_p],
    "handmesh_free_tracker": [c_void_p],
    "handmesh_hand_count": [c_void_p, POINTER(c_int32)],
    "handmesh_get_hand": [c_void_p, c_int32, POINTER(HandStruct)],
    "handmesh_get_pose": [c_void_p, c_int32, POINTER(PoseStruct)],
    "handmesh_draw_buffers": [c_void_p, POINTER(CameraStruct), POINTER(BuffersStruct)],
    "handmesh_get_stages": [c_void_p, POINTER(POINTER(StageStruct)), POINTER(c_int32)],
    "handmesh_save": [c_void_p, c_char_p],
    "handmesh_draw": [c_void_p, POINTER(ImageStruct), c_char_p],
    "handmesh_load_photo": [c_char_p, POINTER(c_void_p)],
    "handmesh_get_photo": [c_void_p, POINTER(ImageStruct), POINTER(CameraStruct)],
    "handmesh_free_photo": [c_void_p],
    "handmesh_camera_from_field_of_view": [c_int32, c_int32, c_double, POINTER(CameraStruct)],
    "handmesh_load_camera": [c_char_p, c_char_p, c_int32, c_int32, POINTER(CameraStruct)],
}


def _load() -> Any:
    # In a wheel the library lies inside the package; in a folder of tools/build-native beside it.
    here = Path(__file__).resolve().parent
    named = os.environ.get("HANDMESH_LIBRARY")
    places = [Path(named)] if named else [here / "lib" / "libhandmesh.so", here.parent.parent / "lib" / "libhandmesh.so"]
    for place in places:
        if place.exists():
            library = ctypes.CDLL(str(place))
            break
    else:
        raise ImportError(f"libhandmesh.so is not there (looked at {', '.join(map(str, places))}); build it with tools/build-native")
    library.handmesh_last_error.restype = c_char_p
    library.handmesh_version.restype = c_char_p
    if library.handmesh_abi_version() != ABI_VERSION:
        raise ImportError(library.handmesh_last_error().decode() or f"libhandmesh has another ABI than {ABI_VERSION}")
    for name, arguments in _FUNCTIONS.items():
        getattr(library, name).argtypes = arguments
    return library


library = _load()


def library_version() -> str:
    """Version of the native library."""
    return library.handmesh_version().decode()


def call(name: str, *arguments: Any) -> None:
    """Calls a function; ctypes lets other Python threads run meanwhile."""
    status = getattr(library, "handmesh_" + name)(*arguments)
    if status != 0:
        raise Error(status, library.handmesh_last_error().decode())


T = TypeVar("T", bound=Structure)


def make(struct: Type[T]) -> T:
    """A struct with its size set and all else zero."""
    value = struct()
    value.size = sizeof(struct)  # type: ignore[attr-defined]
    return value


class Handle:
    """Owns a handle and gives it back, at the latest when the object is collected."""

    _free = ""

    def __init__(self, create: str, *arguments: Any) -> None:
        handle = c_void_p()
        call(create, *arguments, byref(handle))
        self._handle = handle

    def close(self) -> None:
        """Gives it back; further uses raise."""
        handle = getattr(self, "_handle", None)
        if handle:
            self._handle = c_void_p()
            call(self._free, handle)

    def __enter__(self: Any) -> Any:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __del__(self) -> None:
        try:
            self.close()
        except Exception:  # the interpreter is going down
            pass
