// softmax.cu: softmax over the last axis, or the expected index under it; a warp a row, the maximum subtracted first.
//   EXPECTATION 0: y[r, c] = exp(x[r, c] - max) / sum   1: y[r] = sum over c of c softmax(x[r])[c], at r OUT_STRIDE
// Constants: ROWS, CHANNELS, STORED (zeros from CHANNELS on), IN_PITCH, OUT_PITCH (1 value a row if EXPECTATION), EXPECTATION, IN_TYPE,
// OUT_TYPE, ENTRY.
// Launch: grid (ROWS / 4 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, OUT_TYPE* RESTRICT y) {
    const int row = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (row >= ROWS) return;
    wait_for_predecessor_and_release();
    x += row * IN_PITCH;
    float highest = -infinity();
    for (int c = lane; c < CHANNELS; c += 32) highest = fmaxf(highest, load_float(x + c));
    highest = warp_max(highest);
    float sum = 0.f, moment = 0.f;
    for (int c = lane; c < CHANNELS; c += 32) {
        const float e = expf(load_float(x + c) - highest);
        sum += e;
        moment = fmaf((float)c, e, moment);
    }
    sum = warp_sum(sum);
    if (EXPECTATION) {
        moment = warp_sum(moment);
        if (lane == 0) store_float(y + row * OUT_PITCH, moment / sum);
        return;
    }
    for (int c = lane; c < STORED; c += 32)
        store_float(y + row * OUT_PITCH + c, c < CHANNELS ? expf(load_float(x + c) - highest) / sum : 0.f);
}
