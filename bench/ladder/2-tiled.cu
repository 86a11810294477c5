// Rung 2: 32 x 32 tiles in shared memory, so that an operand is read from global memory once a tile; 4 x 4 sums a thread.
#include "map.cuh"
#define PITCH 36

KERNEL(64) rung(const float* __restrict__ x, const float* __restrict__ w, float* __restrict__ y) {
    SHARED_MEMORY(memory);
    float *tile_x = (float*)memory, *tile_w = tile_x + 16 * PITCH;
    const int thread = (int)threadIdx.x, first_m = (int)blockIdx.x * 32, first_n = (int)blockIdx.y * 32;
    const int own_m = (thread & 7) * 4, own_n = (thread >> 3) * 4;
    float sums[4][4] = {};
    for (int start = 0; start < DEPTH; start += 16) {
        __syncthreads();
        for (int i = thread; i < 512; i += 64) {
            const int row = i >> 4, k = i & 15, from = source(first_m + row, start + k);
            tile_x[k * PITCH + row] = from >= 0 ? x[from] : 0.f;
            tile_w[k * PITCH + row] = w[(first_n + row) * DEPTH + start + k];
        }
        __syncthreads();
        UNROLL for (int k = 0; k < 16; k++) {
            const float4 a = *(const float4*)(tile_x + k * PITCH + own_m), b = *(const float4*)(tile_w + k * PITCH + own_n);
            const float as[4] = {a.x, a.y, a.z, a.w}, bs[4] = {b.x, b.y, b.z, b.w};
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 4; j++) sums[i][j] = fmaf(as[i], bs[j], sums[i][j]);
        }
    }
    UNROLL for (int i = 0; i < 4; i++)
        if (first_m + own_m + i < ROWS)
            UNROLL for (int j = 0; j < 4; j++) y[(first_m + own_m + i) * CHANNELS + first_n + own_n + j] = sums[i][j];
}
