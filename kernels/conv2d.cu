// conv2d.cu: convolution as an implicit matrix product.
//   y[n, oy, ox, o] = activation(bias[o] + residual[n, oy, ox, o] + sum over ky, kx, c of
//                     x[n, oy STRIDE - PAD_TOP + ky DILATION, ox STRIDE - PAD_LEFT + kx DILATION, c] w[o, ky, kx, c]), x zero outside
// Layouts: maps NHWC, a pixel every IN_PITCH / OUT_PITCH elements, channels of x padded with zeros to 8 IN_CHUNKS / IN_PARTS; all pointers
// 16-byte aligned. Weights [o][ky][kx][c padded] as gemm.cuh says. k runs over ky, kx, c. Where x is a pair (epilogue.cuh), a tap
// reads IN_PARTS times all channels: the high halves, the low ones IN_LOW elements behind, perhaps the high ones again; its weights
// lie in the same order.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, IN_CHUNKS, IN_PARTS, IN_LOW, OUT_HEIGHT, OUT_WIDTH, KERNEL_H, KERNEL_W,
// STRIDE, DILATION, PAD_TOP, PAD_LEFT; IN_TYPE; ENTRY (the kernel's name); those of gemm.cuh and epilogue.cuh.
// Launch: as gemm.cuh. Rows and outputs beyond the last are computed on zeros and not stored.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * OUT_HEIGHT * OUT_WIDTH)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS (KERNEL_H * KERNEL_W * IN_CHUNKS)

struct Row {
    int start, y, x; // tap (0, 0): its first element, its position; beyond the last row above the image
};

DEVICE Row make_row(int m, const int*) {
    Row row;
    const int n = m / (OUT_HEIGHT * OUT_WIDTH), pixel = m - n * (OUT_HEIGHT * OUT_WIDTH), y = pixel / OUT_WIDTH;
    row.y = m < GEMM_ROWS ? y * STRIDE - PAD_TOP : -IN_HEIGHT - KERNEL_H * DILATION;
    row.x = (pixel - y * OUT_WIDTH) * STRIDE - PAD_LEFT;
    row.start = ((n * IN_HEIGHT + row.y) * IN_WIDTH + row.x) * IN_PITCH;
    return row;
}

DEVICE bool find_source(const Row& row, int chunk, int& offset) {
    const int tap = chunk / IN_CHUNKS, ky = tap / KERNEL_W, y = ky * DILATION, x = (tap - ky * KERNEL_W) * DILATION;
    const int group = chunk - tap * IN_CHUNKS, part = IN_PARTS == 1 ? 0 : group / (IN_CHUNKS / IN_PARTS);
    offset = row.start + ((y * IN_WIDTH + x) * IN_PITCH + (group - part * (IN_CHUNKS / IN_PARTS)) * 8 + (part == 1 ? IN_LOW : 0));
    if (KERNEL_H * KERNEL_W == 1 && PAD_TOP == 0 && PAD_LEFT == 0) return row.y >= 0; // no tap lies outside
    return (unsigned)(row.y + y) < (unsigned)IN_HEIGHT && (unsigned)(row.x + x) < (unsigned)IN_WIDTH;
}

DEVICE int output_row(int m) { return m; }

#include "gemm.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                                 float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights, nullptr, epilogue, memory, partial, counters);
}
