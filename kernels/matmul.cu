// matmul.cu: y[n, i, j] = sum over k of a[n, i, k] b[n, k, j], operands with any strides (0 along n for a matrix that serves all items).
// A block computes a 32 x 32 tile in fp32, each of its 64 threads 4 x 4.
// Constants: IMAGES, ROWS, DEPTH, COLUMNS, STORED (zeros from COLUMNS on), A0..A2, B0..B2 (strides along n, row, column), OUT_PITCH,
// A_TYPE, B_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (ROWS / 32, COLUMNS / 32, IMAGES) rounded up, 64 threads, 4608 bytes of dynamic shared memory.
#include "prelude.cuh"

#undef ROW_FLOATS
#define ROW_FLOATS 36 /* 32 and 4 more, against bank conflicts */

KERNEL(64) ENTRY(const A_TYPE* RESTRICT a, const B_TYPE* RESTRICT b, OUT_TYPE* RESTRICT y) {
    SHARED_MEMORY(memory);
    float* tile_a = (float*)memory;
    float* tile_b = tile_a + 16 * ROW_FLOATS;
    const int thread = (int)threadIdx.x, first_i = (int)BLOCK.x * 32, first_j = (int)BLOCK.y * 32, n = (int)BLOCK.z;
    const int own_i = (thread & 7) * 4, own_j = (thread >> 3) * 4;
    float sums[4][4];
    UNROLL for (int i = 0; i < 4; i++)
        UNROLL for (int j = 0; j < 4; j++) sums[i][j] = 0.f;
    wait_for_predecessor_and_release();
    for (int start = 0; start < DEPTH; start += 16) {
        __syncthreads();
        UNROLL for (int part = 0; part < 8; part++) {
            const int i = (thread >> 4) + part * 4, ka = start + (thread & 15), j = thread & 31, kb = start + (thread >> 5) + part * 2;
            tile_a[(thread & 15) * ROW_FLOATS + i] =
                first_i + i < ROWS && ka < DEPTH ? load_float(a + (n * A0 + (first_i + i) * A1 + ka * A2)) : 0.f;
            tile_b[((thread >> 5) + part * 2) * ROW_FLOATS + j] =
                first_j + j < COLUMNS && kb < DEPTH ? load_float(b + (n * B0 + kb * B1 + (first_j + j) * B2)) : 0.f;
        }
        __syncthreads();
        UNROLL for (int k = 0; k < 16; k++) {
            const float4 p = *(const float4*)(tile_a + k * ROW_FLOATS + own_i), q = *(const float4*)(tile_b + k * ROW_FLOATS + own_j);
            const float ps[4] = {p.x, p.y, p.z, p.w}, qs[4] = {q.x, q.y, q.z, q.w};
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 4; j++) sums[i][j] = fmaf(ps[i], qs[j], sums[i][j]);
        }
    }
    UNROLL for (int i = 0; i < 4; i++)
        UNROLL for (int j = 0; j < 4; j++) {
            const int row = first_i + own_i + i, column = first_j + own_j + j;
            if (row < ROWS && column < STORED)
                store_float(y + ((n * ROWS + row) * OUT_PITCH + column), column < COLUMNS ? sums[i][j] : 0.f);
        }
}
