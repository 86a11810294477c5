// spacetodepth.cu: y[n, i, j, 4 c + 2 a + b] = x[n, 2 i + a, 2 j + b, c]; a thread moves one element.
// Layouts: maps NHWC; channels of y from CHANNELS to STORED are zeros.
// Constants: IMAGES, OUT_HEIGHT, OUT_WIDTH, IN_PITCH, CHANNELS (of y), STORED, OUT_PITCH, IN_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int line = row / OUT_WIDTH, j = row - line * OUT_WIDTH; // line counts through the images
    float value = 0.f;
    if (channel < CHANNELS)
        value = load_float(x + ((2 * line + (channel >> 1 & 1)) * (2 * OUT_WIDTH) + 2 * j + (channel & 1)) * IN_PITCH + (channel >> 2));
    store_float(y + row * OUT_PITCH + channel, value);
}
