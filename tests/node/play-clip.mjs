// Plays a GLB file in three.js: node play-clip.mjs FILE.glb SECONDS... prints a line of JSON for each time, with the positions of the meshes that
// are not shrunk to nothing in world axes (glTF's), as base64 of 32-bit floats.
import { readFileSync } from 'node:fs';

let three, loaders;
try {
  three = await import('three');
  loaders = await import('three/examples/jsm/loaders/GLTFLoader.js');
} catch {
  console.log('absent');
  process.exit(0);
}

globalThis.self ??= globalThis;
const bytes = readFileSync(process.argv[2]);
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const gltf = await new loaders.GLTFLoader().parseAsync(buffer, '');
const mixer = new three.AnimationMixer(gltf.scene);
for (const clip of gltf.animations) {
  const action = mixer.clipAction(clip);
  action.setLoop(three.LoopOnce);
  action.clampWhenFinished = true;
  action.play();
}

for (const seconds of process.argv.slice(3).map(Number)) {
  mixer.setTime(seconds);
  gltf.scene.updateMatrixWorld(true);
  const meshes = [];
  gltf.scene.traverse(object => {
    if (!object.isMesh) return;
    if (object.isSkinnedMesh) object.skeleton.update();
    const count = object.geometry.attributes.position.count;
    const points = new Float32Array(3 * count);
    const point = new three.Vector3();
    const box = new three.Box3();
    for (let i = 0; i < count; i++) {
      object.getVertexPosition(i, point);
      object.localToWorld(point);
      point.toArray(points, 3 * i);
      box.expandByPoint(point);
    }
    if (box.getSize(new three.Vector3()).length() > 1e-6) {
      meshes.push({ name: object.name, points: Buffer.from(points.buffer).toString('base64') });
    }
  });
  console.log(JSON.stringify({ seconds, meshes }));
}
