// ginaggregate.cu: graph isomorphism, y[n, m, c] = FACTOR x[n, m, c] + sum over e of x[n, columns[e], c], e from starts[m] below
// starts[m + 1].
// Layouts: rows of IN_PITCH, OUT_PITCH elements; starts and columns int, dense.
// Constants: IMAGES, ROWS_IN, ROWS, WIDTH, CHANNELS, STORED (zeros from CHANNELS on), IN_PITCH, OUT_PITCH, FACTOR,
// IN_TYPE, OUT_TYPE, ENTRY.
// Launch: a thread computes one channel of one row; grid (IMAGES ROWS STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const int* RESTRICT starts, const float* RESTRICT,
                  const int* RESTRICT columns, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * ROWS) return;
    wait_for_predecessor_and_release();
    const int n = row / ROWS, m = row - n * ROWS;
    float sum = 0.f;
    if (channel < CHANNELS) {
        x += n * ROWS_IN * IN_PITCH + channel;
        sum = FACTOR * load_float(x + m * IN_PITCH);
        for (int e = starts[m]; e < starts[m + 1]; e++) sum += load_float(x + columns[e] * IN_PITCH);
    }
    store_float(y + row * OUT_PITCH + channel, sum);
}
