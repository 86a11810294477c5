// map.cuh: the one convolution that every rung computes: 3x3, padding 1, 64 -> 64 channels on a map of 28 x 30, NHWC.
// As a matrix product: rows m are pixels, columns n output channels, k runs over ky, kx, c.
#pragma once
#include "mma.cuh"
#define HEIGHT 28
#define WIDTH 30
#define CHANNELS 64
#define ROWS (HEIGHT * WIDTH)
#define DEPTH (9 * CHANNELS)
#define STEPS (DEPTH / 32)

// Where element k of row m starts in x, or -1 where it is padding.
DEVICE int source(int m, int k) {
    const int tap = k / CHANNELS, y = m / WIDTH + tap / 3 - 1, x = m % WIDTH + tap % 3 - 1;
    const bool inside = m < ROWS && (unsigned)y < HEIGHT && (unsigned)x < WIDTH;
    return inside ? (y * WIDTH + x) * CHANNELS + k % CHANNELS : -1;
}
