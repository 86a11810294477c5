// mesh.cu: sums over rows that a table names; a thread computes one channel of one row.
//   VARIANT 0 gather:  y[n, m, c] = x[n, index[m], c]
//   VARIANT 1 depth-wise spiral:  y[n, m, c] = sum over l < WIDTH of x[n, index[m, l], c] value[c, l]
//   VARIANT 2 sparse matrix in ELL form:  y[n, m, c] = sum over w < WIDTH of value[m, w] x[n, index[m, w], c]
//   VARIANT 3 graph isomorphism:  y[n, m, c] = FACTOR x[n, m, c] + sum over e of x[n, columns[e], c], e from index[m] below index[m + 1]
//   VARIANT 4 Chebyshev terms:  y[n, m, k IN_CHANNELS + c] = sum over e of value[e] x[n, columns[e], c], for k < WIDTH terms,
//     e from index[m WIDTH + k] below index[m WIDTH + k + 1]
// Layouts: rows of IN_PITCH, OUT_PITCH elements; index and columns int, value float, both dense.
// Constants: IMAGES, ROWS_IN, ROWS, WIDTH, CHANNELS, STORED (zeros from CHANNELS on), IN_CHANNELS (CHANNELS, save in variant 4),
// IN_PITCH, OUT_PITCH, FACTOR, VARIANT, IN_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (IMAGES ROWS STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const int* RESTRICT index, const float* RESTRICT value,
                  const int* RESTRICT columns, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / STORED, channel = thread - row * STORED;
    if (row >= IMAGES * ROWS) return;
    wait_for_predecessor_and_release();
    const int n = row / ROWS, m = row - n * ROWS;
    float sum = 0.f;
    if (channel < CHANNELS) {
        const int term = VARIANT == 4 ? channel / IN_CHANNELS : 0;
        x += n * ROWS_IN * IN_PITCH + channel - term * IN_CHANNELS;
        if (VARIANT == 4) {
            const int* starts = index + m * WIDTH + term;
            for (int e = starts[0]; e < starts[1]; e++) sum = fmaf(value[e], load_float(x + columns[e] * IN_PITCH), sum);
        } else if (VARIANT == 3) {
            sum = FACTOR * load_float(x + m * IN_PITCH);
            for (int e = index[m]; e < index[m + 1]; e++) sum += load_float(x + columns[e] * IN_PITCH);
        } else {
            for (int w = 0; w < WIDTH; w++) {
                const float factor = VARIANT == 0 ? 1.f : VARIANT == 1 ? value[channel * WIDTH + w] : value[m * WIDTH + w];
                sum = fmaf(factor, load_float(x + index[m * WIDTH + w] * IN_PITCH), sum);
            }
        }
    }
    store_float(y + row * OUT_PITCH + channel, sum);
}
