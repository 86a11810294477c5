// bincenters.cu: adaptive depth bins. widths_i = (relu(x_i) + EPSILON) / sum; y_i = low + (high - low) (widths_i / 2 + sum before i),
// range = (low, high); a warp an item.
// Constants: ROWS, BINS, STORED (zeros from BINS on), IN_PITCH, OUT_PITCH, EPSILON, IN_TYPE, RANGE_TYPE, ENTRY. y is float.
// Launch: grid (ROWS / 4 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const RANGE_TYPE* RESTRICT range, float* RESTRICT y) {
    const int row = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (row >= ROWS) return;
    wait_for_predecessor_and_release();
    x += row * IN_PITCH;
    y += row * OUT_PITCH;
    float total = 0.f;
    for (int i = lane; i < BINS; i += 32) total += fmaxf(load_float(x + i), 0.f) + EPSILON;
    total = warp_sum(total);
    const float low = load_float(range), extent = load_float(range + 1) - low;
    float before = 0.f;
    for (int start = 0; start < STORED; start += 32) {
        const int i = start + lane;
        const float width = i < BINS ? (fmaxf(load_float(x + i), 0.f) + EPSILON) / total : 0.f;
        float edge = width; // becomes the sum up to and with this lane
        UNROLL for (int lanes = 1; lanes < 32; lanes <<= 1) {
            const float left = __shfl_up_sync(FULL_WARP, edge, lanes);
            edge += lane >= lanes ? left : 0.f;
        }
        if (i < STORED) y[i] = i < BINS ? low + extent * (before + edge - 0.5f * width) : 0.f;
        before += __shfl_sync(FULL_WARP, edge, 31);
    }
}
