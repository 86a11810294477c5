// pool.cu: maximum or mean over square windows; a thread computes 8 channels of one pixel.
//   y[n, oy, ox, c] = max or mean over ky, kx < WINDOW of x[n, oy STRIDE - PAD_TOP + ky, ox STRIDE - PAD_LEFT + kx, c]
// A maximum skips what lies outside; a mean (without padding) divides by WINDOW^2.
// Layouts: maps NHWC, aligned to 16 bytes, pitches multiples of 8.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, OUT_HEIGHT, OUT_WIDTH, PARTS (channels / 8), WINDOW, STRIDE, PAD_TOP,
// PAD_LEFT, IS_MAX, IN_TYPE, IN_LOW (0; or x is split), ENTRY; those of epilogue.cuh.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH PARTS / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"
#include "epilogue.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, EPILOGUE_PARAMETERS) {
    const Epilogue epilogue = EPILOGUE;
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / PARTS, part = thread - row * PARTS;
    if (row >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int n = row / (OUT_HEIGHT * OUT_WIDTH), pixel = row - n * (OUT_HEIGHT * OUT_WIDTH), oy = pixel / OUT_WIDTH;
    const int top = oy * STRIDE - PAD_TOP, left = (pixel - oy * OUT_WIDTH) * STRIDE - PAD_LEFT;
    float results[8];
    UNROLL for (int i = 0; i < 8; i++) results[i] = IS_MAX ? -infinity() : 0.f;
    for (int ky = 0; ky < WINDOW; ky++)
        for (int kx = 0; kx < WINDOW; kx++) {
            const int iy = top + ky, ix = left + kx;
            if ((unsigned)iy < (unsigned)IN_HEIGHT && (unsigned)ix < (unsigned)IN_WIDTH) {
                float values[8];
                load_run_of<IN_LOW>(x + ((n * IN_HEIGHT + iy) * IN_WIDTH + ix) * IN_PITCH + part * 8, values);
                UNROLL for (int i = 0; i < 8; i++) results[i] = IS_MAX ? fmaxf(results[i], values[i]) : results[i] + values[i];
            }
        }
    if (!IS_MAX) UNROLL for (int i = 0; i < 8; i++) results[i] *= 1.f / (WINDOW * WINDOW);
    epilogue.put(row, part * 8, results);
}
