// Rung 3: fp16 operands and tensor cores (ldmatrix, mma.sync); copies still go through registers and everyone waits for them.
#include "mma-tile.cuh"

KERNEL(128) rung(const half_t* __restrict__ x, const half_t* __restrict__ w, float* __restrict__ y) {
    SHARED_MEMORY(memory);
    const unsigned base = shared_address(memory);
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5, first_m = (int)blockIdx.x * 64;
    const int warp_m = (warp & 1) * 32, warp_n = (warp >> 1) * 32;
    float sums[2][4][4] = {};
    for (int step = 0; step < STEPS; step++) {
        __syncthreads();
        UNROLL for (int i = 0; i < 2; i++) {
            const int row = (thread >> 2) + i * 32, k = step * 32 + (thread & 3) * 8, from = source(first_m + row, k);
            *(uint4*)(memory + row * 64 + (thread & 3) * 16) = from >= 0 ? *(const uint4*)(x + from) : make_uint4(0u, 0u, 0u, 0u);
            *(uint4*)(memory + 4096 + row * 64 + (thread & 3) * 16) = *(const uint4*)(w + row * DEPTH + k);
        }
        __syncthreads();
        UNROLL for (int half = 0; half < 2; half++) {
            unsigned a[2][4], b[2][4];
            load_a(a, base, warp_m, half, lane, false);
            load_b(b, base + 4096, warp_n, half, lane, false);
            multiply(sums, a, b);
        }
    }
    store_sums(sums, y, first_m, warp_m, warp_n, lane);
}
