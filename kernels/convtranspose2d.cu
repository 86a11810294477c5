// convtranspose2d.cu: transposed convolution as STRIDE^2 small convolutions, one for each phase of the output position.
//   y[n, oy, ox, o] = activation(bias[o] + residual + sum over ky, kx, c with oy = STRIDE iy - PAD + ky, likewise x, of
//                     x[n, iy, ix, c] w[c, o, ky, kx])
// Phase (py, px) holds the outputs with (oy + PAD) % STRIDE = py, (ox + PAD) % STRIDE = px; their taps are ky = py + STRIDE j,
// iy = (oy + PAD) / STRIDE - j for j < TAPS = ceil(KERNEL / STRIDE). Blocks of one phase share BLOCK.z / SPLIT = py STRIDE + px.
// Layouts: maps NHWC as in conv2d.cu. Weights [phase][o][jy][jx][c padded], each phase as gemm.cuh says, zeros for taps beyond KERNEL.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, IN_CHUNKS, OUT_HEIGHT, OUT_WIDTH, STRIDE, PAD, TAPS, WEIGHTS_PER_PHASE, IN_TYPE,
// IN_WEIGHT, ENTRY; those of gemm.cuh and epilogue.cuh.
// Launch: as gemm.cuh for rows = IMAGES * PHASE_HEIGHT * PHASE_WIDTH, and grid z = STRIDE^2 SPLIT.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#define PHASE_HEIGHT ((OUT_HEIGHT + STRIDE - 1) / STRIDE)
#define PHASE_WIDTH ((OUT_WIDTH + STRIDE - 1) / STRIDE)
#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * PHASE_HEIGHT * PHASE_WIDTH)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS (TAPS * TAPS * IN_CHUNKS)

struct Row {
    int image, y, x; // first pixel of the image, or -1 if there is no such output; input position of tap (0, 0)
};

// The output position along one axis of this block's phase.
DEVICE int position(int i, int phase) { return i * STRIDE + (phase + STRIDE - PAD % STRIDE) % STRIDE; }

struct Output {
    int n, y, x;
};

DEVICE Output output_at(int m) {
    const int n = m / (PHASE_HEIGHT * PHASE_WIDTH), pixel = m - n * (PHASE_HEIGHT * PHASE_WIDTH), i = pixel / PHASE_WIDTH;
    const int phase = (int)BLOCK.z / SPLIT, phase_y = phase / STRIDE, phase_x = phase - phase_y * STRIDE;
    Output output = {n, position(i, phase_y), position(pixel - i * PHASE_WIDTH, phase_x)};
    return output;
}

DEVICE Row make_row(int m, const int*) {
    const Output output = output_at(m);
    const bool exists = m < GEMM_ROWS && output.y < OUT_HEIGHT && output.x < OUT_WIDTH;
    Row row = {exists ? output.n * (IN_HEIGHT * IN_WIDTH) : -1, (output.y + PAD) / STRIDE, (output.x + PAD) / STRIDE};
    return row;
}

DEVICE bool find_source(const Row& row, int chunk, int& offset) {
    const int tap = chunk / IN_CHUNKS, jy = tap / TAPS, y = row.y - jy, x = row.x - (tap - jy * TAPS);
    offset = (row.image + y * IN_WIDTH + x) * IN_PITCH + (chunk - tap * IN_CHUNKS) * 8;
    return row.image >= 0 && (unsigned)y < (unsigned)IN_HEIGHT && (unsigned)x < (unsigned)IN_WIDTH;
}

DEVICE int output_row(int m) {
    const Output output = output_at(m);
    return output.y < OUT_HEIGHT && output.x < OUT_WIDTH ? (output.n * OUT_HEIGHT + output.y) * OUT_WIDTH + output.x : -1;
}

#include "gemm.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                                 float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights + GEMM_PHASE * WEIGHTS_PER_PHASE, nullptr, epilogue, memory, partial, counters);
}
