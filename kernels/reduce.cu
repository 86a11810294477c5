// reduce.cu: mean, sum or maximum over up to three axes.
//   y[i0, i1, i2, c] = mean, sum or max over k0 < K0, k1 < K1, k2 < K2 of x at i0 A0 + i1 A1 + i2 A2 + c A3 + k0 R0 + k1 R1 + k2 R2
// SPREAD 1: the lanes of a warp share the sum of one output and combine in a fixed order; 0: a thread computes an output, neighbours
// read neighbouring channels.
// Constants: E0, E1, E2, CHANNELS, STORED, Y0..Y2, A0..A3, K0..K2, R0..R2, OPERATION (0 mean, 1 sum, 2 max), SPREAD, IN_TYPE, OUT_TYPE,
// ENTRY. Channels of y from CHANNELS to STORED are zeros.
// Launch: grid (E0 E1 E2 STORED / (SPREAD ? 4 : 128) rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, OUT_TYPE* RESTRICT y) {
    const int lane = SPREAD ? (int)(threadIdx.x & 31) : 0, lanes = SPREAD ? 32 : 1;
    const int item = SPREAD ? (int)(BLOCK.x * 4 + (threadIdx.x >> 5)) : (int)(BLOCK.x * 128 + threadIdx.x);
    if (item >= E0 * E1 * E2 * STORED) return;
    wait_for_predecessor_and_release();
    const int row = item / STORED, channel = item - row * STORED;
    const int i01 = row / E2, i2 = row - i01 * E2, i0 = i01 / E1, i1 = i01 - i0 * E1;
    x += i0 * A0 + i1 * A1 + i2 * A2 + channel * A3;
    float result = OPERATION == 2 ? -infinity() : 0.f;
    if (channel < CHANNELS)
        for (int k = lane; k < K0 * K1 * K2; k += lanes) {
            const int k01 = k / K2, k2 = k - k01 * K2, k0 = k01 / K1, k1 = k01 - k0 * K1;
            const float value = load_float(x + (k0 * R0 + k1 * R1 + k2 * R2));
            result = OPERATION == 2 ? fmaxf(result, value) : result + value;
        }
    if (SPREAD) result = OPERATION == 2 ? warp_max(result) : warp_sum(result);
    if (OPERATION == 0) result /= (float)(K0 * K1 * K2);
    if (lane == 0) store_float(y + (i0 * Y0 + i1 * Y1 + i2 * Y2 + channel), channel < CHANNELS ? result : 0.f);
}
