// Rung 5: the weights lie as the fragments that the lanes want, [k / 16][n / 16][lane][4 registers]: 16 bytes a lane straight from
// global memory into registers; shared memory holds pixels only.
#include "mma-tile.cuh"

KERNEL(128) rung(const half_t* __restrict__ x, const half_t* __restrict__ w, float* __restrict__ y) {
    SHARED_MEMORY(memory);
    const unsigned base = shared_address(memory);
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5, first_m = (int)blockIdx.x * 64;
    const int warp_m = (warp & 1) * 32, warp_n = (warp >> 1) * 32;
    auto copy = [&](int step) {
        UNROLL for (int i = 0; i < 2; i++) {
            const int row = (thread >> 2) + i * 32, chunk = thread & 3, from = source(first_m + row, step * 32 + chunk * 8);
            copy_async_16(base + (unsigned)(step % 3) * 4096 + row * 64 + ((chunk ^ ((row >> 1) & 3)) << 4), x + (from < 0 ? 0 : from), from >= 0);
        }
    };
    float sums[2][4][4] = {};
    copy(0), copy_async_commit(), copy(1), copy_async_commit();
    for (int step = 0; step < STEPS; step++) {
        unsigned a[2][4], b[2][2][4];
        UNROLL for (int half = 0; half < 2; half++)
            UNROLL for (int j = 0; j < 2; j++) {
                const uint4 v = *(const uint4*)(w + ((((step * 2 + half) * 4) + warp_n / 16 + j) * 32 + lane) * 8);
                b[half][j][0] = v.x, b[half][j][1] = v.y, b[half][j][2] = v.z, b[half][j][3] = v.w;
            }
        copy_async_wait<1>();
        __syncthreads();
        if (step + 2 < STEPS) copy(step + 2);
        copy_async_commit();
        UNROLL for (int half = 0; half < 2; half++) {
            load_a(a, base + (unsigned)(step % 3) * 4096, warp_m, half, lane, true);
            multiply(sums, a, b[half]);
        }
    }
    copy_async_wait<0>();
    store_sums(sums, y, first_m, warp_m, warp_n, lane);
}
