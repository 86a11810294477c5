// mma-tile.cuh: what rungs 3 to 5 share: a block of four warps, two by two, makes 64 x 64 sums on tensor cores.
#pragma once
#include "map.cuh"

DEVICE void store_sums(const float (&sums)[2][4][4], float* y, int first_m, int warp_m, int warp_n, int lane) {
    UNROLL for (int i = 0; i < 2; i++)
        UNROLL for (int half = 0; half < 2; half++) {
            const int m = first_m + warp_m + i * 16 + half * 8 + (lane >> 2);
            if (m < ROWS)
                UNROLL for (int j = 0; j < 4; j++)
                    *(float2*)(y + m * CHANNELS + warp_n + j * 8 + (lane & 3) * 2) = make_float2(sums[i][j][half * 2], sums[i][j][half * 2 + 1]);
        }
}

DEVICE void load_a(unsigned (&a)[2][4], unsigned tile, int warp_m, int half, int lane, bool swizzle) {
    UNROLL for (int i = 0; i < 2; i++) {
        const int row = warp_m + i * 16 + (lane & 15), chunk = half * 2 + (lane >> 4);
        load_matrix_x4(a[i], tile + row * 64 + ((swizzle ? chunk ^ ((row >> 1) & 3) : chunk) << 4));
    }
}

DEVICE void load_b(unsigned (&b)[2][4], unsigned tile, int warp_n, int half, int lane, bool swizzle) {
    UNROLL for (int j = 0; j < 2; j++) {
        const int row = warp_n + j * 16 + (lane & 7) + ((lane >> 4) << 3), chunk = half * 2 + ((lane >> 3) & 1);
        load_matrix_x4(b[j], tile + row * 64 + ((swizzle ? chunk ^ ((row >> 1) & 3) : chunk) << 4));
    }
}

DEVICE void multiply(float (&sums)[2][4][4], const unsigned (&a)[2][4], const unsigned (&b)[2][4]) {
    UNROLL for (int i = 0; i < 2; i++)
        UNROLL for (int j = 0; j < 4; j++) mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2], b[j >> 1][(j & 1) * 2 + 1]);
}
