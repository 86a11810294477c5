"""The Python package on the photo that everyone has: python_binding.py PHOTO FOLDER. Writes messages for the ROS example into FOLDER."""
import array
import struct
import sys
import threading

import numpy as np

import handmesh

photo = handmesh.Photo(sys.argv[1])
height, width = photo.pixels.shape[:2]
estimator = handmesh.Estimator(device="cpu", profile=True)
expected = estimator.predict(photo.pixels, photo.camera)[0].vertices


def same(frame):
    np.testing.assert_array_equal(estimator.predict(frame, photo.camera)[0].vertices, expected)


class OnlyDlpack:
    def __init__(self, values):
        self.values = values

    def __dlpack__(self, **arguments):
        return self.values.__dlpack__()

    def __dlpack_device__(self):
        return self.values.__dlpack_device__()


def raises(kind, words, action):
    try:
        action()
    except kind as error:
        assert words in str(error), error
    else:
        raise AssertionError(f"nothing was raised: {words}")


same(handmesh.Frame(np.ascontiguousarray(photo.pixels[:, :, ::-1]), "bgr"))
same(handmesh.Frame(photo.pixels[:, :, ::-1], "bgr"))
same(np.ascontiguousarray(photo.pixels[::-1])[::-1])
same(np.dstack([photo.pixels, np.zeros((height, width), np.uint8)]))
same(OnlyDlpack(photo.pixels))
same(handmesh.Frame(photo.pixels.tobytes(), "rgb", size=(width, height)))
same(handmesh.Frame(array.array("B", photo.pixels.tobytes()), "rgb", size=(width, height), stride=width * 3))
padded = np.zeros((height, width + 5, 3), np.uint8)
padded[:, :width] = photo.pixels
same(padded[:, :width])

raises(ValueError, "has samples of uint8", lambda: estimator.predict(np.zeros((4, 4, 3), np.float32)))
raises(ValueError, "has planes", lambda: handmesh.Frame(photo.pixels[:, :, 0], "nv12"))
raises(handmesh.Error, "the focal lengths (0, 0) must be", lambda: estimator.predict(photo.pixels, handmesh.Camera(0, 0, 0, 0)))
raises(handmesh.Error, "is no system", lambda: handmesh.Estimator(system="nothing"))
raises(IndexError, "hands", lambda: estimator.predict(photo.pixels)[9])

hands = estimator.predict(photo.pixels, photo.camera)
drawn, pose = hands.buffers(width, height), hands.pose(0)
covered = drawn.mask == 255
assert covered.sum() > 5000 and set(np.unique(drawn.parts)) == {0, 1, 2, 3, 4, 5, 6} and ((drawn.parts > 0) == covered).all()
assert (abs(drawn.depth[covered] - hands[0].vertices[:, 2].mean()) < 0.2).all() and (drawn.depth[~covered] == 0).all()
assert (hands.buffers(width, height, photo.camera, along_ray=True).depth[covered] >= drawn.depth[covered]).all()
np.testing.assert_allclose(np.linalg.norm(pose.orientations, axis=1), 1, atol=1e-5)
np.testing.assert_array_equal(pose.positions[9], hands[0].joints[8])
raises(handmesh.Error, "but this one is 10x10", lambda: hands.buffers(10, 10))
raises(handmesh.Error, "index 4 is out of range", lambda: hands.pose(4))

tracker = estimator.create_tracker()
assert [tracker.track(photo.pixels, photo.camera)[0].id for _ in range(3)] == [tracker.track(photo.pixels, photo.camera)[0].id] * 3
assert estimator.profile()["networks"] and "landmarks" in estimator.predict(photo.pixels).stages
threads = [threading.Thread(target=same, args=(photo.pixels,)) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]


def text(value):
    return struct.pack("<I", len(value) + 1) + value.encode() + b"\0"


def aligned(values, size):
    return values + bytes(-len(values) % size)


# Laid out by hand from the definitions of the messages, so that the reader is judged by something else than its own writer.
head = struct.pack("<iI", 1700000000, 5) + text("camera")
image = aligned(head, 4) + struct.pack("<II", height, width) + text("rgb8")
image = aligned(image + b"\0", 4) + struct.pack("<II", width * 3, width * height * 3) + photo.pixels.tobytes()
(fx, fy), (cx, cy) = photo.camera.focal_lengths, photo.camera.principal_point
info = aligned(aligned(head, 4) + struct.pack("<II", height, width) + text("plumb_bob"), 4) + struct.pack("<I", 5)
info = aligned(info, 8) + struct.pack("<5d", 0, 0, 0, 0, 0) + struct.pack("<9d", fx, 0, cx, 0, fy, cy, 0, 0, 1)
info += struct.pack("<9d", 1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack("<12d", fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0) + struct.pack("<6I?", 0, 0, 0, 0, 0, 0, False)
for name, message in (("image.cdr", image), ("camera_info.cdr", info)):
    with open(f"{sys.argv[2]}/{name}", "wb") as file:
        file.write(b"\x00\x01\x00\x00" + message)
print("python ok")
