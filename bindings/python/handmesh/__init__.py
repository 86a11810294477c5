"""A 3D hand mesh in camera space from one image.

>>> import handmesh
>>> estimator = handmesh.Estimator()
>>> hands = estimator.predict(rgb, handmesh.Camera(fx=600, fy=600, cx=319.5, cy=239.5))
>>> hands[0].vertices          # float32 [V, 3], metres: x right, y down, z forward
"""
from ._estimator import Buffers, Estimator, Hand, Pose, Result, Tracker
from ._frames import Camera, Frame, Photo
from ._library import Error, library_version

__version__ = library_version()

__all__ = ["Buffers", "Camera", "Error", "Estimator", "Frame", "Hand", "Photo", "Pose", "Result", "Tracker", "library_version"]
