// The page: frames to the server, latest first, and meshes back.
import { Scene, normalsOf } from "/scene.js";

const $ = id => document.getElementById(id);
const stageColours = ["#5eead4", "#f6ad7b", "#8ab4f8", "#d2a8ff", "#7ee787", "#ffa198"];
const mostInFlight = 2;
const widest = 960;

const scene = { picture: new Scene($("picture")), space: new Scene($("space")) };
const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, loop: true });
const frameCanvas = document.createElement("canvas");
const orbit = { yaw: 0.5, pitch: 0.35, distance: 0.62, target: [0, 0, 0.5], settled: false };
const inFlight = new Map();
const faces = new Map();
const times = [];
let socket, number = 0, paused = false, wire = false, skipped = 0, shown = null, source = null, stages = [], dirty = true;
let token = sessionStorage.getItem("token") ?? "";

function say(text, state = "") {
  if ($("status").textContent !== text) $("status").textContent = text;
  $("status").dataset.state = state;
}

// ---- the connection

async function begin() {
  const answer = await fetch("/v2/repository/index", { method: "POST", headers: token ? { Authorization: `Bearer ${token}` } : {} }).catch(() => null);
  if (answer?.status === 401) return askForToken();
  if (!answer?.ok) return retry();
  const models = await answer.json();
  const chosen = $("model").value;
  $("model").replaceChildren(...models.map(model => new Option(model.name, model.name, false, model.name === chosen)));
  if (!models.some(model => model.state === "READY")) return retry("The server warms up");
  connect();
}

function retry(text = "No connection; trying again") {
  say(text, "bad");
  setTimeout(begin, 1000);
}

function askForToken() {
  say("A token is needed", "bad");
  $("token-dialog").showModal();
  $("token-dialog").onclose = () => {
    token = $("token").value.trim();
    sessionStorage.setItem("token", token);
    begin();
  };
}

function connect() {
  const hex = [...new TextEncoder().encode(token)].map(byte => byte.toString(16).padStart(2, "0")).join("");
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`, token ? ["handmesh.live.1", `token.${hex}`] : ["handmesh.live.1"]);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    inFlight.clear();
    faces.clear();
    socket.send(JSON.stringify({ model: $("model").value }));
    say("Ready", "live");
    next();
  };
  socket.onmessage = event => typeof event.data === "string" ? heard(JSON.parse(event.data)) : receive(event.data);
  socket.onclose = () => retry();
}

function heard(message) {
  if (message.error) {
    inFlight.delete(message.frame);
    say(message.error, "bad");
    setTimeout(next, 250);
  } else if (message.skipped !== undefined) {
    inFlight.delete(message.skipped);
    $("skipped").textContent = ++skipped;
    next();
  }
}

// uint32 length of a JSON head, the head, then what it announces: float32 and uint32.
function receive(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  if (head.glb) return save(new Blob([new Uint8Array(buffer, at)], { type: "model/gltf-binary" }));
  const take = (Type, count) => {
    const part = new Type(buffer.slice(at, at + 4 * count));
    at += 4 * count;
    return part;
  };
  const hands = head.hands.map(hand => {
    const key = `${head.model}/${hand.side}`;
    if (hand.faces) faces.set(key, take(Uint32Array, hand.faces));
    const vertices = take(Float32Array, 3 * hand.vertices), triangles = faces.get(key);
    return { ...hand, vertices, faces: triangles, normals: normalsOf(vertices, triangles) };
  });
  const sent = inFlight.get(head.frame);
  inFlight.delete(head.frame);
  if (!sent) return next();
  show(sent, head, hands);
  next();
}

function show(sent, head, hands) {
  const now = performance.now();
  shown?.bitmap.close();
  shown = { bitmap: sent.bitmap, size: [head.width, head.height], camera: head.camera, hands };
  scene.picture.setPicture(sent.bitmap);
  scene.picture.setHands(hands);
  scene.space.setHands(hands);
  dirty = true;
  times.push({ now, trip: now - sent.at, server: head.waited + head.ran, stages: head.stages });
  while (times.length > 180) times.shift();
  stages = head.stages.map(stage => stage.name);
  $("welcome").hidden = true;
  $("glb").disabled = hands.length === 0;
  $("hands").hidden = false;
  $("hands").textContent = hands.length === 0 ? "no hand" : hands.map(hand => `${hand.side} ${Math.round(100 * hand.score)} %`).join("  ·  ");
  say(source?.still ? "Photo" : paused ? "Paused" : "Live", "live");
  follow(hands);
}

// The middle of the hands, without jumping after every frame.
function follow(hands) {
  if (hands.length === 0) return;
  const middle = [0, 0, 0];
  for (const hand of hands) {
    for (let i = 0; i < 3; i++) {
      let low = Infinity, high = -Infinity;
      for (let k = i; k < hand.vertices.length; k += 3) {
        low = Math.min(low, hand.vertices[k]);
        high = Math.max(high, hand.vertices[k]);
      }
      middle[i] += (low + high) / 2 / hands.length;
    }
  }
  const step = orbit.settled && !source?.still ? 0.15 : 1;
  orbit.target = orbit.target.map((value, i) => value + step * (middle[i] - value));
  orbit.settled = true;
}

// ---- frames

async function next() {
  if (!source || paused || socket?.readyState !== WebSocket.OPEN || inFlight.size >= mostInFlight || socket.bufferedAmount > 0) return;
  if (source.still) {
    if (source.sent) return;
    source.sent = true;
    send(source.bytes, await createImageBitmap(source.bitmap), true);
    return;
  }
  if (video.readyState < 2 || video.currentTime === source.last || source.busy) return;
  source.busy = true;
  source.last = video.currentTime;
  const scale = Math.min(1, widest / Math.max(video.videoWidth, video.videoHeight));
  frameCanvas.width = Math.round(video.videoWidth * scale);
  frameCanvas.height = Math.round(video.videoHeight * scale);
  frameCanvas.getContext("2d").drawImage(video, 0, 0, frameCanvas.width, frameCanvas.height);
  const mine = source;
  const [blob, bitmap] = await Promise.all([new Promise(done => frameCanvas.toBlob(done, "image/jpeg", 0.85)), createImageBitmap(frameCanvas)]);
  const bytes = await blob.arrayBuffer();
  mine.busy = false;
  if (mine === source && socket.readyState === WebSocket.OPEN) send(bytes, bitmap, false);
}

function send(bytes, bitmap, still) {
  const message = new Uint8Array(5 + bytes.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, still ? 1 : 0);
  view.setUint32(1, ++number, true);
  message.set(new Uint8Array(bytes), 5);
  inFlight.set(number, { at: performance.now(), bitmap });
  socket.send(message);
}

function onVideoFrame() {
  next();
  if (source && !source.still) video.requestVideoFrameCallback ? video.requestVideoFrameCallback(onVideoFrame) : setTimeout(onVideoFrame, 30);
}

async function startCamera() {
  if (!navigator.mediaDevices) return say("The camera needs https, or this machine's own address", "bad");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 960 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } });
    stop();
    video.srcObject = stream;
    await play();
  } catch (problem) {
    say(`No camera: ${problem.message}`, "bad");
  }
}

async function openFile(file) {
  try {
    if (file.type.startsWith("video/")) {
      stop();
      video.src = URL.createObjectURL(file);
      return await play();
    }
    const bitmap = await createImageBitmap(file);
    stop();
    let bytes = await file.arrayBuffer();
    if (!["image/jpeg", "image/png", "image/webp"].includes(file.type)) {
      frameCanvas.width = bitmap.width;
      frameCanvas.height = bitmap.height;
      frameCanvas.getContext("2d").drawImage(bitmap, 0, 0);
      bytes = await (await new Promise(done => frameCanvas.toBlob(done, "image/png"))).arrayBuffer();
    }
    source = { still: true, bytes, bitmap };
    setPaused(false);
    next();
  } catch {
    say("This file is no picture or video that the browser can read", "bad");
  }
}

function stop() {
  video.srcObject?.getTracks().forEach(track => track.stop());
  if (video.src) URL.revokeObjectURL(video.src);
  video.removeAttribute("src");
  video.srcObject = null;
  source = null;
  orbit.settled = false;
  times.length = 0;
}

async function play() {
  source = {};
  setPaused(false);
  await video.play();
  onVideoFrame();
}

function setPaused(value) {
  paused = value;
  $("pause").setAttribute("aria-pressed", paused);
  $("pause").lastElementChild.textContent = paused ? "Resume" : "Pause";
  if (source && !source.still) paused ? video.pause() : video.play();
  if (shown && !source?.still) say(paused ? "Paused" : "Live", "live");
  next();
}

function save(blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "hands.glb" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// ---- numbers

function mean(list) {
  return list.length ? list.reduce((sum, value) => sum + value, 0) / list.length : NaN;
}

function writeNumbers() {
  const now = performance.now(), recent = times.filter(time => now - time.now < 1500);
  const put = (id, value, digits) => $(id).textContent = Number.isFinite(value) ? value.toFixed(digits) : "–";
  put("rate", recent.length > 1 ? 1000 * (recent.length - 1) / (recent.at(-1).now - recent[0].now) : NaN, 0);
  const latest = recent.length ? recent : times.slice(-1);
  put("trip", mean(latest.map(time => time.trip)), 0);
  put("served", mean(latest.map(time => time.server)), 1);
  const of = name => mean(latest.map(time => time.stages.find(stage => stage.name === name)?.ms ?? 0));
  $("stages").replaceChildren(...stages.map((name, i) => {
    const item = document.createElement("li"), mark = document.createElement("i");
    mark.style.background = stageColours[i % stageColours.length];
    item.append(mark, `${name} ${of(name).toFixed(1)} ms`);
    return item;
  }));
  drawChart();
}

function drawChart() {
  const canvas = $("chart"), ratio = Math.min(devicePixelRatio || 1, 2), width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const top = Math.max(20, ...times.map(time => time.trip)) * 1.1, bar = width / 180;
  const y = value => height - value / top * height;
  pen.font = "11px system-ui, sans-serif";
  for (const line of [top > 120 ? 100 : top > 45 ? 33.3 : 10]) {
    pen.fillStyle = "#223041";
    pen.fillRect(0, y(line), width, 1);
    pen.fillStyle = "#93a4b5";
    pen.fillText(`${Math.round(line)} ms`, 2, y(line) - 3);
  }
  times.forEach((time, i) => {
    const x = width - (times.length - i) * bar;
    pen.fillStyle = "#2c3e52";
    pen.fillRect(x, y(time.trip), Math.max(1, bar - 0.6), height - y(time.trip));
    let base = 0;
    for (const stage of time.stages) {
      pen.fillStyle = stageColours[stages.indexOf(stage.name) % stageColours.length] ?? stageColours[0];
      pen.fillRect(x, y(base + stage.ms), Math.max(1, bar - 0.6), y(base) - y(base + stage.ms));
      base += stage.ms;
    }
  });
}

function draw() {
  if (dirty) {
    dirty = false;
    scene.picture.drawOver(shown?.size, shown?.camera, wire);
    scene.space.drawSpace(orbit, wire);
  }
  requestAnimationFrame(draw);
}

// ---- controls

function turn(yaw, pitch) {
  orbit.yaw += yaw;
  orbit.pitch = Math.max(-1.5, Math.min(1.5, orbit.pitch + pitch));
  dirty = true;
}

function zoom(factor) {
  orbit.distance = Math.max(0.15, Math.min(3, orbit.distance * factor));
  dirty = true;
}

const actions = {
  c: startCamera,
  o: () => $("file").click(),
  " ": () => setPaused(!paused),
  g: () => !$("glb").disabled && socket.send(JSON.stringify({ glb: true })),
  m: () => {
    wire = !wire;
    $("mesh").setAttribute("aria-pressed", wire);
    dirty = true;
  },
};
const turns = {
  ArrowLeft: () => turn(-0.12, 0), ArrowRight: () => turn(0.12, 0), ArrowUp: () => turn(0, 0.12), ArrowDown: () => turn(0, -0.12),
  "+": () => zoom(0.9), "=": () => zoom(0.9), "-": () => zoom(1.1),
  r: () => Object.assign(orbit, { yaw: 0.5, pitch: 0.35, distance: 0.62 }) && (dirty = true),
};

for (const [id, key] of [["camera", "c"], ["start", "c"], ["open", "o"], ["pause", " "], ["mesh", "m"], ["glb", "g"]]) $(id).onclick = actions[key];
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(input|select|textarea)$/i.test(event.target.tagName)) return;
  if (event.key === " " && event.target.tagName === "BUTTON") return;
  const action = (event.target === $("space") || event.key === "r" ? turns[event.key] : null) ?? actions[event.key.toLowerCase()];
  if (action) {
    event.preventDefault();
    action();
  }
});
$("file").onchange = () => $("file").files[0] && openFile($("file").files[0]);
$("model").onchange = () => {
  socket?.send(JSON.stringify({ model: $("model").value }));
  if (source?.still) source.sent = false;
  next();
};
let held = new Map();
$("space").onpointerdown = event => {
  $("space").setPointerCapture(event.pointerId);
  held.set(event.pointerId, event);
};
$("space").onpointermove = event => {
  const before = held.get(event.pointerId);
  if (!before) return;
  if (held.size === 2) {
    const other = [...held.values()].find(each => each.pointerId !== event.pointerId);
    const gap = each => Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY);
    zoom(gap(before) / Math.max(1, gap(event)));
  } else {
    turn((event.clientX - before.clientX) * 0.01, (event.clientY - before.clientY) * 0.01);
  }
  held.set(event.pointerId, event);
};
$("space").onpointerup = $("space").onpointercancel = event => held.delete(event.pointerId);
$("space").addEventListener("wheel", event => {
  event.preventDefault();
  zoom(Math.exp(event.deltaY * 0.001));
}, { passive: false });
for (const type of ["dragover", "dragleave", "drop"]) {
  addEventListener(type, event => {
    event.preventDefault();
    $("drop").classList.toggle("over", type === "dragover");
    if (type === "drop" && event.dataTransfer.files[0]) openFile(event.dataTransfer.files[0]);
  });
}
new ResizeObserver(() => dirty = true).observe(document.querySelector("main"));
setInterval(writeNumbers, 250);
draw();
begin();
