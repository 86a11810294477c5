// Rung 1: a thread an output, operands from global memory for every product.
#include "map.cuh"

KERNEL(256) rung(const float* __restrict__ x, const float* __restrict__ w, float* __restrict__ y) {
    const int n = (int)threadIdx.x & 63, m = (int)(blockIdx.x * 4 + (threadIdx.x >> 6));
    if (m >= ROWS) return;
    float sum = 0.f;
    for (int k = 0; k < DEPTH; k++) {
        const int from = source(m, k);
        if (from >= 0) sum = fmaf(x[from], w[n * DEPTH + k], sum);
    }
    y[m * CHANNELS + n] = sum;
}
