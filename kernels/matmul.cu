// matmul.cu: y[n, i, j] = sum over k of a[n, i, k] b[n, k, j] in fp32, operands with any strides (0 along n for a matrix that serves all
// items).
// BY_LANES 0: a block computes a 32 x 32 tile; each of its 4 warps adds up 16 k at a time of its own, a lane 4 x 8 sums. The next step is on
// its way to registers while one is multiplied.
// BY_LANES 1: a warp computes an output, its lanes along k, for few outputs of long sums.
// Constants: IMAGES, ROWS, DEPTH, COLUMNS, STORED (zeros from COLUMNS on), A0..A2, B0..B2 (strides along n, row, column), OUT_PITCH,
// BY_LANES, A_TYPE, B_TYPE, OUT_TYPE, ENTRY.
// Launch: 128 threads. BY_LANES 0: grid (ROWS / 32, COLUMNS / 32, IMAGES) rounded up, 16 KB of dynamic shared memory; 1: grid (IMAGES ROWS
// STORED / 4) rounded up.
#include "prelude.cuh"
#include "elements.cuh"

#if BY_LANES

KERNEL(128) ENTRY(const A_TYPE* RESTRICT a, const B_TYPE* RESTRICT b, OUT_TYPE* RESTRICT y) {
    const int item = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)threadIdx.x & 31;
    if (item >= IMAGES * ROWS * STORED) return;
    wait_for_predecessor_and_release();
    const int row = item / STORED, column = item - row * STORED, n = row / ROWS;
    float sum = 0.f;
    if (column < COLUMNS) {
        a += n * A0 + (row - n * ROWS) * A1;
        b += n * B0 + column * B2;
        UNROLL_BY(32) for (int k = lane; k < DEPTH; k += 32) sum = fmaf(load_float(a + k * A2), load_float(b + k * B1), sum);
    }
    sum = warp_sum(sum);
    if (lane == 0) store_float(y + (row * OUT_PITCH + column), sum);
}

#else

KERNEL(128) ENTRY(const A_TYPE* RESTRICT a, const B_TYPE* RESTRICT b, OUT_TYPE* RESTRICT y) {
    SHARED_MEMORY(memory);
    const int lane = (int)threadIdx.x & 31, warp = (int)threadIdx.x >> 5, n = (int)BLOCK.z;
    float* tile_a = (float*)memory + warp * 1024; // [16][32]
    float* tile_b = tile_a + 512;
    const int first_i = (int)BLOCK.x * 32, first_j = (int)BLOCK.y * 32, own_i = (lane >> 2) * 4, own_j = (lane & 3) * 8;
    const bool has_row = first_i + lane < ROWS, has_column = first_j + lane < COLUMNS;
    a += n * A0 + (has_row ? first_i + lane : 0) * A1;
    b += n * B0 + (has_column ? first_j + lane : 0) * B2;
    float as[16], bs[16];
    auto copy = [&](int start) {
        UNROLL for (int k = 0; k < 16; k++) {
            const bool ok = DEPTH % 16 == 0 || start + k < DEPTH;
            as[k] = ok && has_row ? load_float(a + (start + k) * A2) : 0.f;
            bs[k] = ok && has_column ? load_float(b + (start + k) * B1) : 0.f;
        }
    };
    float sums[4][8];
    UNROLL for (int i = 0; i < 4; i++)
        UNROLL for (int j = 0; j < 8; j++) sums[i][j] = 0.f;
    wait_for_predecessor_and_release();
    if (warp * 16 < DEPTH) copy(warp * 16);
    for (int start = warp * 16; start < DEPTH; start += 64) {
        __syncwarp();
        UNROLL for (int k = 0; k < 16; k++) tile_a[k * 32 + lane] = as[k], tile_b[k * 32 + lane] = bs[k];
        __syncwarp();
        if (start + 64 < DEPTH) copy(start + 64);
        UNROLL for (int k = 0; k < 16; k++) {
            float p[4], q[8];
            load_run(tile_a + k * 32 + own_i, p);
            load_run(tile_b + k * 32 + own_j, q);
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 8; j++) sums[i][j] = fmaf(p[i], q[j], sums[i][j]);
        }
    }
    float* all = (float*)memory;
    __syncthreads();
    UNROLL for (int i = 0; i < 4; i++) store_run(all + warp * 1024 + (own_i + i) * 32 + own_j, sums[i]);
    __syncthreads();
    for (int i = (int)threadIdx.x; i < 1024; i += 128) {
        const int row = first_i + (i >> 5), column = first_j + (i & 31);
        if (row < ROWS && column < STORED)
            store_float(y + ((n * ROWS + row) * OUT_PITCH + column),
                        column < COLUMNS ? all[i] + all[1024 + i] + all[2048 + i] + all[3072 + i] : 0.f);
    }
}

#endif
