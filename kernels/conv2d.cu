// conv2d.cu: convolution as an implicit matrix product.
//   y[n, oy, ox, o] = activation(bias[o] + residual[n, oy, ox, o] + sum over ky, kx, c of
//                     x[n, oy STRIDE - PAD_TOP + ky DILATION, ox STRIDE - PAD_LEFT + kx DILATION, c] w[o, ky, kx, c]), x zero outside
// Layouts: maps NHWC, a pixel every IN_PITCH / OUT_PITCH elements, channels of x padded with zeros to 8 IN_CHUNKS / IN_PARTS; all pointers
// 16-byte aligned. Weights [o][ky][kx][c padded] as gemm.cuh says. k runs over ky, kx, c. Where x is split (epilogue.cuh), a tap
// reads IN_PARTS times all channels: the high halves, the low ones IN_LOW elements behind, perhaps the high ones again; its weights
// lie in the same order.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, IN_CHUNKS, IN_PARTS, IN_LOW, OUT_HEIGHT, OUT_WIDTH, KERNEL_H, KERNEL_W,
// STRIDE, DILATION, PAD_TOP, PAD_LEFT; IN_TYPE; ENTRY (the kernel's name); those of gemm.cuh and epilogue.cuh.
// Launch: as gemm.cuh. Rows and outputs beyond the last are computed on zeros and not stored.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#include "conv2d.cuh"
#include "gemm.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                                 float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights, nullptr, epilogue, memory, partial, counters);
}
