// A photo to joints over HTTP: node infer.mjs photo.jpg [http://localhost:8000]
import { readFile } from "node:fs/promises";

const [photo, server = "http://localhost:8000"] = process.argv.slice(2);
const response = await fetch(`${server}/v2/models/mediapipe-hand/infer`, {
  method: "POST",
  body: JSON.stringify({
    inputs: [{ name: "IMAGE", datatype: "BYTES", shape: [1, 1], data: [(await readFile(photo)).toString("base64")] }],
    outputs: [{ name: "HANDS" }, { name: "HANDEDNESS" }, { name: "JOINTS" }],
  }),
});
const answer = await response.json();
if (!response.ok) throw new Error(answer.error);
const [hands, sides, joints] = answer.outputs.map(output => output.data);
for (let hand = 0; hand < hands[0]; hand++) {
  console.log(sides[hand], "wrist at", joints.slice(63 * hand, 63 * hand + 3).map(value => value.toFixed(3)).join(", "), "m");
}
