// gather.cu: y[n, m, c] = x[n, index[m], c]; WIDTH is 1.
// Layouts: rows of IN_PITCH, OUT_PITCH elements; index int, dense.
// Constants: IMAGES, ROWS_IN, ROWS, WIDTH, CHANNELS, STORED (zeros from CHANNELS on), IN_PITCH, OUT_PITCH, IN_TYPE, OUT_TYPE, ENTRY.
// Launch: a thread computes one channel of one row; grid (IMAGES ROWS STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const int* RESTRICT index, const float* RESTRICT,
                  const int* RESTRICT, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * ROWS) return;
    wait_for_predecessor_and_release();
    const int n = row / ROWS, m = row - n * ROWS;
    float sum = 0.f;
    if (channel < CHANNELS) {
        x += n * ROWS_IN * IN_PITCH + channel;
        for (int w = 0; w < WIDTH; w++) sum = fmaf(1.f, load_float(x + index[m * WIDTH + w] * IN_PITCH), sum);
    }
    store_float(y + row * OUT_PITCH + channel, sum);
}
