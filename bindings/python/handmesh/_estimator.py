"""Estimators, trackers, results."""
from __future__ import annotations

import ctypes
import json
from ctypes import POINTER, byref, c_int32, c_uint64
from typing import Any, Dict, Iterator, NamedTuple, Optional, Tuple, Union

import numpy as np

from ._frames import Camera, Frame
from ._library import (
    BuffersStruct, DescriptionStruct, Error, HandStruct, Handle, HintsStruct, OptionsStruct, PoseStruct, StageStruct, call, make)

_SIDES = {None: 0, "left": 1, "right": 2}
_BUFFER_TOO_SMALL = 3


class Hand:
    """One hand. Arrays are copies that later predictions leave alone."""

    def __init__(self, struct: HandStruct) -> None:
        vertices = (struct.vertex_count, 3)
        #: ``left`` or ``right``: the person's own.
        self.handedness: str = "left" if struct.handedness == 1 else "right"
        self.score: float = struct.score
        self.right_probability: float = struct.right_probability
        #: Number of the hand in a video; None on single images.
        self.id: Optional[int] = None if struct.id < 0 else struct.id
        #: float32 ``[V, 3]``, metres, camera space: x right, y down, z forward.
        self.vertices = _copy(struct.vertices, vertices)
        #: float32 ``[V, 3]``, outward, length 1.
        self.normals = _copy(struct.normals, vertices)
        #: int32 ``[F, 3]``, counter-clockwise from outside.
        self.faces = _copy(struct.faces, (struct.face_count, 3))
        #: float32 ``[21, 3]``, metres, camera space.
        self.joints = _copy(struct.joints, (21, 3))
        #: float32 ``[21, 3]``, metres, own origin.
        self.relative_joints = _copy(struct.relative_joints, (21, 3))
        #: float32 ``[21, 2]``, pixels of the upright image.
        self.keypoints = _copy(struct.keypoints, (21, 2))
        #: False: coordinates are relative to the hand, not to the camera.
        self.is_placed: bool = struct.is_placed != 0
        self.placement_flags: int = struct.placement_flags
        self.condition: float = struct.condition
        self.residual_pixels: float = struct.residual_pixels


class Pose(NamedTuple):
    """WebXR's 25 joints of one hand: a joint's z points back along the bone, its y out of the back of the hand."""

    positions: np.ndarray        #: float32 ``[25, 3]``, metres, camera space
    orientations: np.ndarray     #: float32 ``[25, 4]``, x y z w, from the joint's axes to camera axes
    radii: np.ndarray            #: float32 ``[25]``, metres to the nearest skin
    local_rotations: np.ndarray  #: float32 ``[25, 4]``, in the axes of the parent
    beyond_limits: bool          #: a joint is bent further than people can


class Buffers(NamedTuple):
    """What a camera sees of the hands, row by row of the upright image."""

    depth: np.ndarray  #: float32, metres; the background where there is no hand
    mask: np.ndarray   #: uint8, 255 or 0
    parts: np.ndarray  #: uint8, 8 times the hand's index plus its part


def _copy(pointer: Any, shape: Tuple[int, int]) -> np.ndarray:
    return np.ctypeslib.as_array(pointer, shape=shape).copy()


class Result(Handle):
    """The hands of one image: a sequence. Made once and refilled, one for each thread."""

    _free = "free_result"

    def __init__(self, estimator: "Estimator") -> None:
        super().__init__("create_result", estimator._handle)

    def __len__(self) -> int:
        count = c_int32()
        call("hand_count", self._handle, byref(count))
        return count.value

    def __getitem__(self, index: int) -> Hand:
        count = len(self)
        if not -count <= index < count:
            raise IndexError(f"this image has {count} hands")
        struct = make(HandStruct)
        call("get_hand", self._handle, index % count, byref(struct))
        return Hand(struct)

    def __iter__(self) -> Iterator[Hand]:
        return (self[index] for index in range(len(self)))

    @property
    def stages(self) -> Dict[str, float]:
        """Milliseconds of each stage of the last prediction."""
        first, count = POINTER(StageStruct)(), c_int32()
        call("get_stages", self._handle, byref(first), byref(count))
        return {first[i].name.decode(): first[i].milliseconds for i in range(count.value)}

    def pose(self, index: int) -> Pose:
        """WebXR's 25 joints of one hand."""
        struct = make(PoseStruct)
        call("get_pose", self._handle, index, byref(struct))
        return Pose(
            np.array(struct.positions, np.float32).reshape(25, 3), np.array(struct.orientations, np.float32).reshape(25, 4),
            np.array(struct.radii, np.float32), np.array(struct.local_rotations, np.float32).reshape(25, 4), bool(struct.beyond_limits))

    def buffers(self, width: int, height: int, camera: Optional[Camera] = None, *, along_ray: bool = False, background: float = 0.0) -> Buffers:
        """Depth (metres), mask (255 or 0) and parts (8 times the hand's index plus 1 palm, 2 thumb to 6 little finger) as a camera sees the hands;
        None is the camera of the prediction."""
        drawn = Buffers(np.empty((height, width), np.float32), np.empty((height, width), np.uint8), np.empty((height, width), np.uint8))
        struct = make(BuffersStruct)
        struct.width, struct.height, struct.along_ray, struct.background = width, height, int(along_ray), background
        struct.depth, struct.mask, struct.parts = drawn.depth.ctypes.data, drawn.mask.ctypes.data, drawn.parts.ctypes.data
        struct.depth_count = struct.mask_count = struct.parts_count = width * height
        call("draw_buffers", self._handle, _camera(camera), byref(struct))
        return drawn

    def save(self, path: str) -> None:
        """Writes the meshes: .glb, .obj or .ply."""
        call("save", self._handle, str(path).encode())

    def draw(self, frame: Union[Frame, Any], path: str) -> None:
        """Draws the hands over their image, and from the side, into a PNG file."""
        call("draw", self._handle, byref(_frame(frame)._struct), str(path).encode())


def _frame(image: Union[Frame, Any]) -> Frame:
    return image if isinstance(image, Frame) else Frame(image)


def _camera(camera: Optional[Camera]) -> Any:
    return byref(camera._struct) if camera is not None else None


class Tracker(Handle):
    """Follows the hands of one video: one network pass a frame, ids, sizes learnt."""

    _free = "free_tracker"

    def __init__(self, estimator: "Estimator") -> None:
        super().__init__("create_tracker", estimator._handle)
        self._estimator = estimator

    def track(self, image: Union[Frame, Any], camera: Optional[Camera] = None, *, result: Optional[Result] = None) -> Result:
        """Takes the next frame."""
        result = result if result is not None else self._estimator.create_result()
        call("track", self._handle, byref(_frame(image)._struct), _camera(camera), result._handle)
        return result

    def reset(self) -> None:
        """Forgets all hands: after a cut."""
        call("reset_tracker", self._handle)


class Estimator(Handle):
    """Finds hands. May be shared by threads: calls queue, and other Python threads run meanwhile.

    :param system: id of the system; None takes the default one.
    :param weights: a file, or ``random:SEED``; None finds the default system's.
    :param device: ``auto``, ``cpu``, ``cuda``, ``cuda:N`` or ``reference``.
    :param threads: of the CPU; 0 takes one for each core.
    """

    _free = "close"

    def __init__(
        self, *, system: Optional[str] = None, weights: Optional[str] = None, variant: Optional[str] = None, device: str = "auto", threads: int = 0,
        max_hands: int = 2, virtual_camera: bool = False, profile: bool = False,
    ) -> None:
        options = make(OptionsStruct)
        options.system, options.weights, options.variant = (None if text is None else str(text).encode() for text in (system, weights, variant))
        options.device, options.threads, options.max_hands = device.encode(), threads, max_hands
        options.virtual_camera, options.profile = int(virtual_camera), int(profile)
        super().__init__("open", byref(options))
        description = make(DescriptionStruct)
        call("describe", self._handle, byref(description))
        self.system: str = description.system.decode()
        #: ``cpu``, ``cuda`` or ``reference``.
        self.device: str = description.device.decode()
        self.device_description: str = description.device_description.decode()
        #: Why it is slower than it could be; empty if it is not.
        self.device_note: str = description.device_note.decode()
        #: True: the meshes mean nothing.
        self.has_stand_in_weights: bool = description.has_stand_in_weights != 0

    def create_result(self) -> Result:
        """A result to be refilled."""
        return Result(self)

    def create_tracker(self) -> Tracker:
        """A tracker for one video."""
        return Tracker(self)

    def predict(
        self, image: Union[Frame, Any], camera: Optional[Camera] = None, *, result: Optional[Result] = None, handedness: Optional[str] = None,
        box: Optional[Tuple[float, float, float, float]] = None, hand_size: float = 0, root_depth: float = 0, bone_length: float = 0,
    ) -> Result:
        """Finds the hands of one image.

        :param image: a :class:`Frame`, or an array that one can be made of: ``[H, W, 3]`` RGB.
        :param camera: intrinsics; None guesses them.
        :param box: x, y, width, height of the hand in pixels, if known.
        :param hand_size: total length of the 20 bones in metres, if known.
        """
        if handedness not in _SIDES:
            raise ValueError(f"'{handedness}' is no hand; use left, right or None")
        result = result if result is not None else self.create_result()
        hints = make(HintsStruct)
        hints.handedness, hints.hand_size, hints.root_depth, hints.bone_length = _SIDES[handedness], hand_size, root_depth, bone_length
        hints.box_x, hints.box_y, hints.box_width, hints.box_height = box or (0, 0, 0, 0)
        call("predict", self._handle, byref(_frame(image)._struct), _camera(camera), byref(hints), result._handle)
        return result

    def profile(self) -> Dict[str, Any]:
        """Mean times of every step; needs ``profile=True``."""
        needed = c_uint64()
        try:
            call("profile", self._handle, None, 0, byref(needed))
        except Error as error:
            if error.status != _BUFFER_TOO_SMALL:
                raise
        text = ctypes.create_string_buffer(needed.value)
        call("profile", self._handle, text, needed.value, byref(needed))
        return json.loads(text.value)
