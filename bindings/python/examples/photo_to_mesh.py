"""Reads a photo, finds the hands in it, writes their mesh, and draws it: photo_to_mesh.py PHOTO MESH.glb [DRAWING.png]"""
import sys

import handmesh

photo = handmesh.Photo(sys.argv[1])

# %% Find the hands
estimator = handmesh.Estimator()
hands = estimator.predict(photo.pixels, photo.camera)
print(f"{estimator.system} on {estimator.device}: {estimator.device_description}")
for hand in hands:
    x, y, z = hand.joints[0]
    print(f"{hand.handedness} hand, wrist at ({x:.3f}, {y:.3f}, {z:.3f}) m, {len(hand.vertices)} vertices")

# %% Write the mesh
hands.save(sys.argv[2])

# %% Draw it over the photo
if len(sys.argv) > 3:
    hands.draw(photo.pixels, sys.argv[3])
