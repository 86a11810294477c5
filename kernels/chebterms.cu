// chebterms.cu: Chebyshev terms, y[n, m, k IN_CHANNELS + c] = sum over e of value[e] x[n, columns[e], c], for k < WIDTH terms, e from
// starts[m WIDTH + k] below starts[m WIDTH + k + 1]. Each term is a sparse matrix, multiplied out when the plan is made.
// Layouts: rows of IN_PITCH, OUT_PITCH elements; starts and columns int, value float, all dense.
// Constants: IMAGES, ROWS_IN, ROWS, WIDTH, CHANNELS, STORED (zeros from CHANNELS on), IN_CHANNELS, IN_PITCH, OUT_PITCH, IN_TYPE,
// OUT_TYPE, ENTRY.
// Launch: a thread computes one channel of one row; grid (IMAGES ROWS STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const int* RESTRICT starts, const float* RESTRICT value,
                  const int* RESTRICT columns, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * ROWS) return;
    wait_for_predecessor_and_release();
    const int n = row / ROWS, m = row - n * ROWS;
    float sum = 0.f;
    if (channel < CHANNELS) {
        const int term = channel / IN_CHANNELS;
        x += n * ROWS_IN * IN_PITCH + channel - term * IN_CHANNELS;
        const int* own = starts + m * WIDTH + term;
        for (int e = own[0]; e < own[1]; e++) sum = fmaf(value[e], load_float(x + columns[e] * IN_PITCH), sum);
    }
    store_float(y + row * OUT_PITCH + channel, sum);
}
