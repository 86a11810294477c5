// conv2d.cu: convolution as an implicit matrix product.
//   y[n, oy, ox, o] = activation(bias[o] + residual[n, oy, ox, o] + sum over ky, kx, c of
//                     x[n, oy STRIDE - PAD_TOP + ky DILATION, ox STRIDE - PAD_LEFT + kx DILATION, c] w[o, ky, kx, c]), x zero outside
// Layouts: maps NHWC, a pixel every IN_PITCH / OUT_PITCH elements, channels of x padded with zeros to 8 IN_CHUNKS; all pointers
// 16-byte aligned. Weights [o][ky][kx][c padded] as gemm.cuh says. k runs over ky, kx, c. Where x is a pair (epilogue.cuh), IN_CHUNKS
// counts both halves, and the weights of a tap lie there twice.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, IN_CHUNKS, OUT_HEIGHT, OUT_WIDTH, KERNEL_H, KERNEL_W, STRIDE, DILATION, PAD_TOP,
// PAD_LEFT; IN_TYPE; ENTRY (the kernel's name); those of gemm.cuh and epilogue.cuh.
// Launch: as gemm.cuh. Rows and outputs beyond the last are computed on zeros and not stored.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * OUT_HEIGHT * OUT_WIDTH)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS (KERNEL_H * KERNEL_W * IN_CHUNKS)

struct Row {
    int image, y, x; // first pixel of the image, or -1 beyond the last row; input position of tap (0, 0)
};

DEVICE Row make_row(int m, const int*) {
    Row row;
    const int n = m / (OUT_HEIGHT * OUT_WIDTH), pixel = m - n * (OUT_HEIGHT * OUT_WIDTH), y = pixel / OUT_WIDTH;
    row.image = m < GEMM_ROWS ? n * (IN_HEIGHT * IN_WIDTH) : -1;
    row.y = y * STRIDE - PAD_TOP;
    row.x = (pixel - y * OUT_WIDTH) * STRIDE - PAD_LEFT;
    return row;
}

DEVICE int source_offset(const Row& row, int chunk) {
    const int tap = chunk / IN_CHUNKS, ky = tap / KERNEL_W;
    const int y = row.y + ky * DILATION, x = row.x + (tap - ky * KERNEL_W) * DILATION;
    const bool inside = row.image >= 0 && chunk < GEMM_CHUNKS && (unsigned)y < (unsigned)IN_HEIGHT && (unsigned)x < (unsigned)IN_WIDTH;
    return inside ? (row.image + y * IN_WIDTH + x) * IN_PITCH + (chunk - tap * IN_CHUNKS) * 8 : -1;
}

DEVICE int output_row(int m) { return m; }

#include "gemm.cuh"

KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                           float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights, nullptr, epilogue, memory, partial, counters);
}
