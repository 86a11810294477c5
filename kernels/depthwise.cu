// depthwise.cu: convolutions in groups.
//   y[n, oy, ox, o] = activation(bias[o] + residual + sum over ky, kx, i < GROUP_IN of
//                     x[n, oy STRIDE - PAD_TOP + ky DILATION, ..., (o / GROUP_OUT) GROUP_IN + i] w[...])
// VECTOR 1: depth-wise (GROUP_IN = GROUP_OUT = 1): a thread computes 8 channels of one pixel. Weights float [ky][kx][channels padded to 8].
// VECTOR 0: any groups: a thread computes one output. Weights float [o][ky][kx][i].
// Layouts: maps NHWC; VECTOR 1 wants them aligned to 16 bytes with pitches that are multiples of 8.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, OUT_HEIGHT, OUT_WIDTH, KERNEL_H, KERNEL_W, STRIDE, DILATION, PAD_TOP, PAD_LEFT,
// GROUP_IN, GROUP_OUT, VECTOR, IN_TYPE, ENTRY; those of epilogue.cuh.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH OUT_STORED / (VECTOR ? 8 : 1) / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"
#include "epilogue.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const float* RESTRICT weights, EPILOGUE_PARAMETERS) {
    const Epilogue epilogue = EPILOGUE;
    const int parts = VECTOR ? OUT_STORED / 8 : OUT_STORED;
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / parts, part = thread - row * parts;
    if (row >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int n = row / (OUT_HEIGHT * OUT_WIDTH), pixel = row - n * (OUT_HEIGHT * OUT_WIDTH), oy = pixel / OUT_WIDTH;
    const int top = oy * STRIDE - PAD_TOP, left = (pixel - oy * OUT_WIDTH) * STRIDE - PAD_LEFT;
#if VECTOR
    float sums[8] = {0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f};
    UNROLL for (int ky = 0; ky < KERNEL_H; ky++) {
        const int iy = top + ky * DILATION;
        UNROLL for (int kx = 0; kx < KERNEL_W; kx++) {
            const int ix = left + kx * DILATION;
            if ((unsigned)iy < (unsigned)IN_HEIGHT && (unsigned)ix < (unsigned)IN_WIDTH) {
                float values[8], taps[8];
                load_run(x + ((n * IN_HEIGHT + iy) * IN_WIDTH + ix) * IN_PITCH + part * 8, values);
                load_run(weights + ((ky * KERNEL_W + kx) * parts + part) * 8, taps);
                UNROLL for (int i = 0; i < 8; i++) sums[i] = fmaf(values[i], taps[i], sums[i]);
            }
        }
    }
    epilogue.put(row, part * 8, sums);
#else
    float sum = 0.f;
    if (part < OUT_CHANNELS)
        for (int ky = 0; ky < KERNEL_H; ky++) {
            const int iy = top + ky * DILATION;
            for (int kx = 0; kx < KERNEL_W; kx++) {
                const int ix = left + kx * DILATION;
                if ((unsigned)iy < (unsigned)IN_HEIGHT && (unsigned)ix < (unsigned)IN_WIDTH) {
                    const IN_TYPE* from = x + ((n * IN_HEIGHT + iy) * IN_WIDTH + ix) * IN_PITCH + part / GROUP_OUT * GROUP_IN;
                    const float* taps = weights + ((part * KERNEL_H + ky) * KERNEL_W + kx) * GROUP_IN;
                    for (int i = 0; i < GROUP_IN; i++) sum = fmaf(load_float(from + i), taps[i], sum);
                }
            }
        }
    epilogue.put(row, part, sum);
#endif
}
