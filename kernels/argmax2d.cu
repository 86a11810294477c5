// argmax2d.cu: y[n, j] = (x, y, value) of the largest value of map j, the first in row-major order if several are equal; a warp a map.
// Layouts: maps NHWC with IN_PITCH; y float, rows of OUT_PITCH >= 3, entries from 3 to STORED zeros.
// Constants: IMAGES, MAPS, IN_HEIGHT, IN_WIDTH, IN_PITCH, STORED, OUT_PITCH, IN_TYPE, ENTRY.
// Launch: grid (IMAGES MAPS / 4 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, float* RESTRICT y) {
    const int row = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (row >= IMAGES * MAPS) return;
    wait_for_predecessor_and_release();
    const int n = row / MAPS;
    x += n * (IN_HEIGHT * IN_WIDTH * IN_PITCH) + (row - n * MAPS);
    float best = -infinity();
    int place = 0x7fffffff;
    for (int pixel = lane; pixel < IN_HEIGHT * IN_WIDTH; pixel += 32) {
        const float value = load_float(x + pixel * IN_PITCH);
        if (value > best || place == 0x7fffffff) best = value, place = pixel;
    }
    UNROLL for (int lanes = 16; lanes > 0; lanes >>= 1) {
        const float other = __shfl_xor_sync(FULL_WARP, best, lanes);
        const int other_place = __shfl_xor_sync(FULL_WARP, place, lanes);
        if (other > best || (other == best && other_place < place)) best = other, place = other_place;
    }
    if (lane < STORED) {
        const int line = place / IN_WIDTH;
        y[row * OUT_PITCH + lane] = lane == 0 ? (float)(place - line * IN_WIDTH) : lane == 1 ? (float)line : lane == 2 ? best : 0.f;
    }
}
