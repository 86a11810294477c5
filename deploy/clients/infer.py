"""A photo to joints over HTTP, with Python's own library: python3 infer.py photo.jpg [http://localhost:8000]"""
import json
import struct
import sys
import urllib.error
import urllib.request

photo = open(sys.argv[1], "rb").read()
server = sys.argv[2] if len(sys.argv) > 2 else "http://localhost:8000"
packed = struct.pack("<I", len(photo)) + photo
head = json.dumps({
    "inputs": [{"name": "IMAGE", "datatype": "BYTES", "shape": [1, 1], "parameters": {"binary_data_size": len(packed)}}],
    "outputs": [{"name": "HANDS"}, {"name": "HANDEDNESS"}, {"name": "JOINTS"}],
}).encode()
request = urllib.request.Request(
    server + "/v2/models/mediapipe-hand/infer", head + packed, {"Inference-Header-Content-Length": str(len(head))})
try:
    answer = json.load(urllib.request.urlopen(request))
except urllib.error.HTTPError as error:
    sys.exit(json.load(error)["error"])
outputs = {output["name"]: output for output in answer["outputs"]}
for hand in range(outputs["HANDS"]["data"][0]):
    wrist = outputs["JOINTS"]["data"][63 * hand:63 * hand + 3]
    print(outputs["HANDEDNESS"]["data"][hand], "wrist at", ", ".join(f"{value:.3f}" for value in wrist), "m")
