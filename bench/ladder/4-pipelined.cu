// Rung 4: cp.async keeps two steps on their way while one is multiplied, and a swizzle spreads the rows over all banks.
#include "mma-tile.cuh"

KERNEL(128) rung(const half_t* __restrict__ x, const half_t* __restrict__ w, float* __restrict__ y) {
    SHARED_MEMORY(memory);
    const unsigned base = shared_address(memory);
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5, first_m = (int)blockIdx.x * 64;
    const int warp_m = (warp & 1) * 32, warp_n = (warp >> 1) * 32;
    auto copy = [&](int step) {
        const unsigned to = base + (unsigned)(step % 3) * 8192;
        UNROLL for (int i = 0; i < 2; i++) {
            const int row = (thread >> 2) + i * 32, chunk = thread & 3, k = step * 32 + chunk * 8, from = source(first_m + row, k);
            const unsigned at = to + row * 64 + ((chunk ^ ((row >> 1) & 3)) << 4);
            copy_async_16(at, x + (from < 0 ? 0 : from), from >= 0);
            copy_async_16(at + 4096, w + row * DEPTH + k, true);
        }
    };
    float sums[2][4][4] = {};
    copy(0), copy_async_commit(), copy(1), copy_async_commit();
    for (int step = 0; step < STEPS; step++) {
        copy_async_wait<1>();
        __syncthreads();
        if (step + 2 < STEPS) copy(step + 2);
        copy_async_commit();
        const unsigned tile = base + (unsigned)(step % 3) * 8192;
        UNROLL for (int half = 0; half < 2; half++) {
            unsigned a[2][4], b[2][4];
            load_a(a, tile, warp_m, half, lane, true);
            load_b(b, tile + 4096, warp_n, half, lane, true);
            multiply(sums, a, b);
        }
    }
    copy_async_wait<0>();
    store_sums(sums, y, first_m, warp_m, warp_n, lane);
}
