// gridsample.cu: bilinear samples of a map at points; a thread computes one channel of one point.
//   y[n, p, c] = the map n, channel c at points[n, p] = (x, y) in pixel indices
// HAS_MAP 1: the points are given as p, with (x, y) = SCALE clamp(p, LOWEST, HIGHEST) + SHIFT.
// CLAMP 1: the position is clamped to the map; 0: a tap outside counts zero.
// Layouts: map NHWC; points rows of POINT_PITCH; y rows of OUT_PITCH, channels from CHANNELS to STORED zeros.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, POINTS, POINT_PITCH, CHANNELS, STORED, OUT_PITCH, CLAMP, HAS_MAP,
// LOWEST, HIGHEST, SCALE_X, SCALE_Y, SHIFT_X, SHIFT_Y, IN_TYPE, POINT_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (IMAGES POINTS STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

DEVICE float tap(const IN_TYPE* map, float x, float y) {
    const bool inside = x >= 0.f && x < (float)IN_WIDTH && y >= 0.f && y < (float)IN_HEIGHT;
    return inside ? load_float(map + ((int)y * IN_WIDTH + (int)x) * IN_PITCH) : 0.f;
}

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT map, const POINT_TYPE* RESTRICT points, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * POINTS) return;
    wait_for_predecessor_and_release();
    float value = 0.f;
    if (channel < CHANNELS) {
        float px = load_float(points + row * POINT_PITCH), py = load_float(points + row * POINT_PITCH + 1);
        if (HAS_MAP) {
            px = fmaf(fminf(fmaxf(px, LOWEST), HIGHEST), SCALE_X, SHIFT_X);
            py = fmaf(fminf(fmaxf(py, LOWEST), HIGHEST), SCALE_Y, SHIFT_Y);
        }
        if (CLAMP) {
            px = fminf(fmaxf(px, 0.f), (float)(IN_WIDTH - 1));
            py = fminf(fmaxf(py, 0.f), (float)(IN_HEIGHT - 1));
        }
        const float x0 = floorf(px), y0 = floorf(py), fx = px - x0, fy = py - y0;
        map += row / POINTS * (IN_HEIGHT * IN_WIDTH * IN_PITCH) + channel;
        value = (1.f - fy) * ((1.f - fx) * tap(map, x0, y0) + fx * tap(map, x0 + 1.f, y0)) +
                fy * ((1.f - fx) * tap(map, x0, y0 + 1.f) + fx * tap(map, x0 + 1.f, y0 + 1.f));
    }
    store_float(y + row * OUT_PITCH + channel, value);
}
