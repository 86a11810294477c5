// rootsolve.cu: the camera-space translation t of points seen along rays, batched: a warp a system, fp32, centred closed form.
//   s_i weights, (u, v)_i rays, (x, y, z)_i points, rx = x - z u, ry = y - z v; bars are means weighted by s
//   D = sum s [(u - ub)^2 + (v - vb)^2]   tz = sum s [(u - ub)(rx - rxb) + (v - vb)(ry - ryb)] / D   tx = ub tz - rxb   ty = vb tz - ryb
//   y = (tx, ty, tz, 1, S / D, sqrt(sum s |(u tz - tx - rx, v tz - ty - ry)|^2 / S)), or zeros unless S > 1e-12, D > 1e-9 S and all is
//   finite. The means are taken twice, the second time of what is left after the first, so that their rounding does not matter.
// Layouts: points, rays, weights rows of POINT_PITCH, RAY_PITCH elements (a point a row) and WEIGHT_PITCH (a system a row), any type;
// y float, rows of OUT_PITCH, entries from 6 to STORED zeros.
// Constants: SYSTEMS, JOINTS, POINT_PITCH, RAY_PITCH, WEIGHT_PITCH, STORED, OUT_PITCH, POINT_TYPE, RAY_TYPE, WEIGHT_TYPE, ENTRY.
// Launch: grid (SYSTEMS / 4 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

struct Terms {
    float s, u, v, rx, ry;
};

DEVICE Terms terms_of(const POINT_TYPE* points, const RAY_TYPE* rays, const WEIGHT_TYPE* weights, int i) {
    const float u = load_float(rays + i * RAY_PITCH), v = load_float(rays + i * RAY_PITCH + 1);
    const float z = load_float(points + i * POINT_PITCH + 2);
    Terms terms = {load_float(weights + i), u, v, fmaf(-z, u, load_float(points + i * POINT_PITCH)),
                   fmaf(-z, v, load_float(points + i * POINT_PITCH + 1))};
    return terms;
}

KERNEL(128) ENTRY(const POINT_TYPE* RESTRICT points, const RAY_TYPE* RESTRICT rays, const WEIGHT_TYPE* RESTRICT weights,
                  float* RESTRICT y) {
    const int system = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (system >= SYSTEMS) return;
    wait_for_predecessor_and_release();
    points += system * JOINTS * POINT_PITCH;
    rays += system * JOINTS * RAY_PITCH;
    weights += system * WEIGHT_PITCH;

    float total = 0.f;
    for (int i = lane; i < JOINTS; i += 32) total += load_float(weights + i);
    total = warp_sum(total);
    const float share = 1.f / total;

    float ub = 0.f, vb = 0.f, rxb = 0.f, ryb = 0.f;
    for (int pass = 0; pass < 2; pass++) {
        float u = 0.f, v = 0.f, rx = 0.f, ry = 0.f;
        for (int i = lane; i < JOINTS; i += 32) {
            const Terms t = terms_of(points, rays, weights, i);
            u = fmaf(t.s, t.u - ub, u), v = fmaf(t.s, t.v - vb, v), rx = fmaf(t.s, t.rx - rxb, rx), ry = fmaf(t.s, t.ry - ryb, ry);
        }
        ub += warp_sum(u) * share, vb += warp_sum(v) * share, rxb += warp_sum(rx) * share, ryb += warp_sum(ry) * share;
    }

    float spread = 0.f, moment = 0.f;
    for (int i = lane; i < JOINTS; i += 32) {
        const Terms t = terms_of(points, rays, weights, i);
        const float du = t.u - ub, dv = t.v - vb;
        spread = fmaf(t.s, du * du + dv * dv, spread);
        moment = fmaf(t.s, du * (t.rx - rxb) + dv * (t.ry - ryb), moment);
    }
    spread = warp_sum(spread);
    moment = warp_sum(moment);
    const float tz = moment / spread, tx = ub * tz - rxb, ty = vb * tz - ryb;

    float error = 0.f;
    for (int i = lane; i < JOINTS; i += 32) {
        const Terms t = terms_of(points, rays, weights, i);
        const float ex = (t.u - ub) * tz - (t.rx - rxb), ey = (t.v - vb) * tz - (t.ry - ryb);
        error = fmaf(t.s, ex * ex + ey * ey, error);
    }
    error = warp_sum(error);

    const float bound = ub + vb + rxb + ryb + moment;
    const bool valid = total > 1e-12f && spread > 1e-9f * total && fabsf(bound) < infinity();
    if (lane < STORED) {
        const float value = lane == 0 ? tx : lane == 1 ? ty : lane == 2 ? tz : lane == 3 ? 1.f : lane == 4 ? total / spread
                            : lane == 5 ? sqrtf(error * share) : 0.f;
        y[system * OUT_PITCH + lane] = valid ? value : 0.f;
    }
}
