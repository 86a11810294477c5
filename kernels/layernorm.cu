// layernorm.cu: y[r, c] = (x[r, c] - mean_r) / sqrt(variance_r + EPSILON) gain[c] + bias[c]; a warp a row, two passes.
// Constants: ROWS, CHANNELS, STORED (zeros from CHANNELS on), IN_PITCH, OUT_PITCH, EPSILON, IN_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (ROWS / 4 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const float* RESTRICT gain, const float* RESTRICT bias, OUT_TYPE* RESTRICT y) {
    const int row = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (row >= ROWS) return;
    wait_for_predecessor_and_release();
    x += row * IN_PITCH;
    float mean = 0.f, variance = 0.f;
    for (int c = lane; c < CHANNELS; c += 32) mean += load_float(x + c);
    mean = warp_sum(mean) / (float)CHANNELS;
    for (int c = lane; c < CHANNELS; c += 32) {
        const float d = load_float(x + c) - mean;
        variance = fmaf(d, d, variance);
    }
    const float factor = 1.f / sqrtf(warp_sum(variance) / (float)CHANNELS + EPSILON);
    for (int c = lane; c < STORED; c += 32)
        store_float(y + row * OUT_PITCH + c, c < CHANNELS ? (load_float(x + c) - mean) * factor * gain[c] + bias[c] : 0.f);
}
