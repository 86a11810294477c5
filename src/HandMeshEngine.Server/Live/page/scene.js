// A small WebGL2 renderer: hand meshes in camera space (metres, y down, z forward), over their picture or on a floor grid.

const meshVertex = `#version 300 es
uniform mat4 view, projection;
in vec3 position, normal;
out vec3 at, n;
void main() {
  vec4 p = view * vec4(position, 1.0);
  at = p.xyz;
  n = mat3(view) * normal;
  gl_Position = projection * p;
}`;

const meshFragment = `#version 300 es
precision highp float;
uniform vec3 colour;
uniform float alpha;
in vec3 at, n;
out vec4 result;
void main() {
  vec3 unit = normalize(n), eye = normalize(-at);
  if (dot(unit, eye) < 0.0) unit = -unit;
  float key = max(dot(unit, normalize(vec3(-0.4, 0.75, 0.55))), 0.0);
  float fill = max(dot(unit, normalize(vec3(0.7, -0.2, 0.4))), 0.0);
  float rim = pow(1.0 - max(dot(unit, eye), 0.0), 3.0);
  vec3 shade = colour * (0.26 + 0.72 * key + 0.22 * fill) + vec3(0.55, 0.8, 0.85) * rim * 0.35;
  result = vec4(shade * alpha, alpha);
}`;

const flatVertex = `#version 300 es
uniform mat4 view, projection;
in vec3 position;
void main() { gl_Position = projection * view * vec4(position, 1.0); }`;

const flatFragment = `#version 300 es
precision highp float;
uniform vec4 colour;
out vec4 result;
void main() { result = vec4(colour.rgb * colour.a, colour.a); }`;

const pictureVertex = `#version 300 es
uniform vec2 scale;
out vec2 uv;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  uv = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4((corner * 2.0 - 1.0) * scale, 0.0, 1.0);
}`;

const pictureFragment = `#version 300 es
precision highp float;
uniform sampler2D picture;
in vec2 uv;
out vec4 result;
void main() { result = texture(picture, uv); }`;

export const colours = { right: [0.98, 0.68, 0.48], left: [0.42, 0.83, 0.78] };

export class Scene {
  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { antialias: true, alpha: true, premultipliedAlpha: true });
    if (!gl) throw new Error("This browser has no WebGL2");
    this.gl = gl;
    this.mesh = this.program(meshVertex, meshFragment, ["position", "normal"]);
    this.flat = this.program(flatVertex, flatFragment, ["position"]);
    this.backdrop = this.program(pictureVertex, pictureFragment, []);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const [name, value] of [[gl.TEXTURE_MIN_FILTER, gl.LINEAR], [gl.TEXTURE_MAG_FILTER, gl.LINEAR], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]]) {
      gl.texParameteri(gl.TEXTURE_2D, name, value);
    }
    this.buffers = [];
    this.lines = gl.createBuffer();
    this.empty = gl.createVertexArray();
    this.lineArray = gl.createVertexArray();
    gl.bindVertexArray(this.lineArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.lines);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  program(vertex, fragment, attributes) {
    const gl = this.gl, program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    attributes.forEach((name, index) => gl.bindAttribLocation(program, index, name));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    const uniforms = {};
    for (let i = 0; i < gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS); i++) {
      const name = gl.getActiveUniform(program, i).name;
      uniforms[name] = gl.getUniformLocation(program, name);
    }
    return { program, uniforms };
  }

  setPicture(source) {
    const gl = this.gl;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
    this.hasPicture = true;
  }

  setHands(hands) {
    const gl = this.gl;
    this.hands = hands;
    hands.forEach((hand, i) => {
      const b = this.buffers[i] ??= this.handBuffers();
      gl.bindVertexArray(b.array);
      gl.bindBuffer(gl.ARRAY_BUFFER, b.vertices);
      gl.bufferData(gl.ARRAY_BUFFER, hand.vertices, gl.DYNAMIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, b.normals);
      gl.bufferData(gl.ARRAY_BUFFER, hand.normals, gl.DYNAMIC_DRAW);
      if (b.faces !== hand.faces) {
        b.faces = hand.faces;
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, b.indices);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, hand.faces, gl.STATIC_DRAW);
        gl.bindVertexArray(b.edgeArray);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, b.edges);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, edgesOf(hand.faces), gl.STATIC_DRAW);
      }
    });
    gl.bindVertexArray(null);
  }

  handBuffers() {
    const gl = this.gl;
    const b = { array: gl.createVertexArray(), edgeArray: gl.createVertexArray() };
    for (const name of ["vertices", "normals", "indices", "edges"]) b[name] = gl.createBuffer();
    for (const [array, indices] of [[b.array, b.indices], [b.edgeArray, b.edges]]) {
      gl.bindVertexArray(array);
      [b.vertices, b.normals].forEach((buffer, index) => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.enableVertexAttribArray(index);
        gl.vertexAttribPointer(index, 3, gl.FLOAT, false, 0, 0);
      });
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
    }
    return b;
  }

  // Sizes the canvas to its place on the page; returns width / height.
  fit() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio)), height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.gl.viewport(0, 0, width, height);
    return width / height;
  }

  // The picture, letterboxed, and the hands as its camera [fx, fy, cx, cy] sees them.
  drawOver(size, camera, wire) {
    const gl = this.gl, aspect = this.fit();
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (!size || !this.hasPicture) return;
    const shape = size[0] / size[1];
    const scale = shape > aspect ? [1, aspect / shape] : [shape / aspect, 1];
    gl.disable(gl.DEPTH_TEST);
    gl.useProgram(this.backdrop.program);
    gl.bindVertexArray(this.empty);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniform2fv(this.backdrop.uniforms.scale, scale);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    if (!camera) return;
    const [fx, fy, cx, cy] = camera, [w, h] = size;
    const near = 0.01, far = 20;
    // Pixel centres are at integers, so the picture begins at -0.5. y down and z forward become y up and z backward.
    const projection = [
      2 * fx / w * scale[0], 0, 0, 0,
      0, 2 * fy / h * scale[1], 0, 0,
      -(2 * (cx + 0.5) / w - 1) * scale[0], (2 * (cy + 0.5) / h - 1) * scale[1], -(far + near) / (far - near), -1,
      0, 0, -2 * far * near / (far - near), 0];
    // A mesh may reach beyond its picture; the frame around it stays empty.
    const { width, height } = this.canvas, inner = [width * scale[0], height * scale[1]];
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor((width - inner[0]) / 2, (height - inner[1]) / 2, ...inner);
    this.drawHands(flip, projection, wire ? 0.16 : 0.8, wire);
    gl.disable(gl.SCISSOR_TEST);
  }

  // The hands on a floor, seen from an orbit around them.
  drawSpace(orbit, wire) {
    const gl = this.gl, aspect = this.fit();
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const view = multiply(orbitView(orbit), flip);
    const projection = perspective(0.7, aspect, 0.02, 20);
    const [x, y, z] = orbit.target;
    gl.enable(gl.DEPTH_TEST);
    this.drawLines(grid(x, y + 0.14, z), [0.35, 0.47, 0.6, 0.35], view, projection);
    this.drawHands(view, projection, wire ? 0.12 : 1, wire);
  }

  drawHands(view, projection, alpha, wire) {
    const gl = this.gl;
    gl.enable(gl.DEPTH_TEST);
    (this.hands ?? []).forEach((hand, i) => {
      const b = this.buffers[i], colour = colours[hand.side];
      gl.useProgram(this.mesh.program);
      gl.uniformMatrix4fv(this.mesh.uniforms.view, false, view);
      gl.uniformMatrix4fv(this.mesh.uniforms.projection, false, projection);
      gl.uniform3fv(this.mesh.uniforms.colour, colour);
      gl.uniform1f(this.mesh.uniforms.alpha, alpha);
      gl.bindVertexArray(b.array);
      if (alpha < 1) {
        // The nearest surface only: depth first, then colour.
        gl.colorMask(false, false, false, false);
        gl.drawElements(gl.TRIANGLES, hand.faces.length, gl.UNSIGNED_INT, 0);
        gl.colorMask(true, true, true, true);
        gl.depthFunc(gl.LEQUAL);
      }
      gl.drawElements(gl.TRIANGLES, hand.faces.length, gl.UNSIGNED_INT, 0);
      gl.depthFunc(gl.LESS);
      if (wire) {
        gl.useProgram(this.flat.program);
        gl.uniformMatrix4fv(this.flat.uniforms.view, false, view);
        gl.uniformMatrix4fv(this.flat.uniforms.projection, false, projection);
        gl.uniform4f(this.flat.uniforms.colour, ...colour, 0.75);
        gl.bindVertexArray(b.edgeArray);
        gl.depthFunc(gl.LEQUAL);
        gl.drawElements(gl.LINES, hand.faces.length * 2, gl.UNSIGNED_INT, 0);
        gl.depthFunc(gl.LESS);
      }
    });
    gl.bindVertexArray(null);
  }

  drawLines(points, colour, view, projection) {
    const gl = this.gl;
    gl.useProgram(this.flat.program);
    gl.uniformMatrix4fv(this.flat.uniforms.view, false, view);
    gl.uniformMatrix4fv(this.flat.uniforms.projection, false, projection);
    gl.uniform4f(this.flat.uniforms.colour, ...colour);
    gl.bindVertexArray(this.lineArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.lines);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.DYNAMIC_DRAW);
    gl.drawArrays(gl.LINES, 0, points.length / 3);
  }
}

const flip = [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1];

function edgesOf(faces) {
  const edges = new Uint32Array(faces.length * 2);
  for (let i = 0, k = 0; i < faces.length; i += 3) {
    for (let j = 0; j < 3; j++) {
      edges[k++] = faces[i + j];
      edges[k++] = faces[i + (j + 1) % 3];
    }
  }
  return edges;
}

export function normalsOf(vertices, faces) {
  const normals = new Float32Array(vertices.length);
  for (let i = 0; i < faces.length; i += 3) {
    const a = 3 * faces[i], b = 3 * faces[i + 1], c = 3 * faces[i + 2];
    const ux = vertices[b] - vertices[a], uy = vertices[b + 1] - vertices[a + 1], uz = vertices[b + 2] - vertices[a + 2];
    const vx = vertices[c] - vertices[a], vy = vertices[c + 1] - vertices[a + 1], vz = vertices[c + 2] - vertices[a + 2];
    const x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
    for (const k of [a, b, c]) {
      normals[k] += x;
      normals[k + 1] += y;
      normals[k + 2] += z;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    normals[i] /= length;
    normals[i + 1] /= length;
    normals[i + 2] /= length;
  }
  return normals;
}

let lastGrid = { key: "" };
function grid(x, y, z) {
  const step = 0.05, half = 8, gx = Math.round(x / step) * step, gz = Math.round(z / step) * step, key = `${gx} ${y.toFixed(2)} ${gz}`;
  if (lastGrid.key !== key) {
    const points = [];
    for (let i = -half; i <= half; i++) {
      points.push(gx + i * step, y, gz - half * step, gx + i * step, y, gz + half * step);
      points.push(gx - half * step, y, gz + i * step, gx + half * step, y, gz + i * step);
    }
    lastGrid = { key, points: new Float32Array(points) };
  }
  return lastGrid.points;
}

function perspective(angle, aspect, near, far) {
  const f = 1 / Math.tan(angle / 2 * Math.max(1, 1 / aspect)), d = near - far;
  return [f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / d, -1, 0, 0, 2 * far * near / d, 0];
}

// Turned about the target, which is in camera space; y up and z backward from here on.
function orbitView({ target: [x, y, z], yaw, pitch, distance }) {
  const cy = Math.cos(yaw), sy = Math.sin(yaw), cp = Math.cos(pitch), sp = Math.sin(pitch);
  const turn = [cy, sp * sy, -cp * sy, 0, 0, cp, sp, 0, sy, -sp * cy, cp * cy, 0, 0, 0, -distance, 1];
  return multiply(turn, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, y, z, 1]);
}

function multiply(a, b) {
  const c = new Array(16).fill(0);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) c[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return c;
}
