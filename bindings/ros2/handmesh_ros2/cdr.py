"""The bytes of Image, CameraInfo and JointState as DDS carries them (CDR, little endian) and rosbag2 stores them."""
from __future__ import annotations

import struct
import sys
from types import SimpleNamespace
from typing import Any, List, Sequence

_LITTLE_ENDIAN = b"\x00\x01\x00\x00"


class Reader:
    """Reads values one after another; numbers lie at multiples of their size, counted from behind the four bytes of the head."""

    def __init__(self, message: bytes) -> None:
        if message[:2] != _LITTLE_ENDIAN[:2]:
            raise ValueError(f"the message begins with {message[:4].hex()}, not with 00010000: it is no little endian CDR")
        self._bytes = memoryview(message)[4:]
        self._at = 0

    def number(self, code: str) -> Any:
        size = struct.calcsize(code)
        self._at += -self._at % size
        if self._at + size > len(self._bytes):
            raise ValueError(f"the message ends at byte {len(self._bytes) + 4}, inside a value")
        (value,) = struct.unpack_from("<" + code, self._bytes, self._at)
        self._at += size
        return value

    def numbers(self, code: str, count: int) -> List[Any]:
        return [self.number(code) for _ in range(count)]

    def octets(self, count: int) -> memoryview:
        if self._at + count > len(self._bytes):
            raise ValueError(f"the message states {count} bytes more, but has {len(self._bytes) - self._at}")
        self._at += count
        return self._bytes[self._at - count : self._at]

    def text(self) -> str:
        return bytes(self.octets(self.number("I")))[:-1].decode()

    def header(self) -> SimpleNamespace:
        stamp = SimpleNamespace(sec=self.number("i"), nanosec=self.number("I"))
        return SimpleNamespace(stamp=stamp, frame_id=self.text())


class Writer:
    """Writes values one after another, padded as :class:`Reader` reads them."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def number(self, code: str, value: Any) -> None:
        self._bytes += bytes(-len(self._bytes) % struct.calcsize(code)) + struct.pack("<" + code, value)

    def octets(self, value: Any) -> None:
        self._bytes += value

    def text(self, value: str) -> None:
        encoded = value.encode() + b"\x00"
        self.number("I", len(encoded))
        self.octets(encoded)

    def header(self, header: Any) -> None:
        self.number("i", header.stamp.sec)
        self.number("I", header.stamp.nanosec)
        self.text(header.frame_id)

    def message(self) -> bytes:
        return _LITTLE_ENDIAN + bytes(self._bytes)


def read_image(message: bytes) -> SimpleNamespace:
    """A sensor_msgs/msg/Image; its data are not copied."""
    reader = Reader(message)
    image = SimpleNamespace(
        header=reader.header(), height=reader.number("I"), width=reader.number("I"), encoding=reader.text(), is_bigendian=reader.number("B"),
        step=reader.number("I"))
    image.data = reader.octets(reader.number("I"))
    return image


def read_camera_info(message: bytes) -> SimpleNamespace:
    """A sensor_msgs/msg/CameraInfo, up to its matrices."""
    reader = Reader(message)
    info = SimpleNamespace(header=reader.header(), height=reader.number("I"), width=reader.number("I"), distortion_model=reader.text())
    info.d = reader.numbers("d", reader.number("I"))
    info.k, info.r, info.p = (reader.numbers("d", count) for count in (9, 9, 12))
    return info


def write_joint_state(header: Any, names: Sequence[str], positions: Sequence[float]) -> bytes:
    """A sensor_msgs/msg/JointState without velocities and efforts."""
    writer = Writer()
    writer.header(header)
    writer.number("I", len(names))
    for name in names:
        writer.text(name)
    for values in (positions, (), ()):
        writer.number("I", len(values))
        for value in values:
            writer.number("d", value)
    return writer.message()


def main() -> None:
    import handmesh

    from .conversion import camera_of, frame_of, joint_states

    with open(sys.argv[1], "rb") as file:
        image = read_image(file.read())
    with open(sys.argv[2], "rb") as file:
        info = read_camera_info(file.read())
    hands = handmesh.Estimator().predict(frame_of(image), camera_of(info))
    for names, positions in joint_states(hands):
        message = write_joint_state(image.header, names, positions)
        print(f"{image.header.frame_id} at {image.header.stamp.sec}.{image.header.stamp.nanosec:09}: joint state of {len(message)} bytes")
        for name, position in zip(names, positions):
            print(f"  {name} {position:.3f}")


if __name__ == "__main__":
    main()
