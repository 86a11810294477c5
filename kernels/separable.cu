// separable.cu: a depth-wise convolution and the 1x1 convolution that reads it; what lies between them never leaves the SM.
//   d[n, oy, ox, c] = depth_activation(b[c] + sum over ky, kx of x[n, oy STRIDE - PAD_TOP + ky DILATION, ..., c] u[ky, kx, c]), to fp16;
//   with D_PAIR to two halves, value = high + low, both of which the weights multiply
//   y[n, oy, ox, o] = activation(bias[o] + residual[n, oy, ox, o] + sum over c of d[n, oy, ox, c] w[o, c])
// A step is 32 channels: the block copies the PATCH_PIXELS pixels of x, neighbours in memory, that hold all taps of its TILE_M rows,
// computes these rows of d into a tile, and multiplies it.
// Layouts: maps NHWC, a pixel every IN_PITCH / OUT_PITCH elements, channels of x padded with zeros to 8 IN_CHUNKS; all pointers 16-byte
// aligned. depth: float [steps][KERNEL_H KERNEL_W + 1][32], the last row of a step b, zeros beyond the channels. Weights as
// tile.cuh says, k running over c.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, IN_CHUNKS, OUT_HEIGHT, OUT_WIDTH, KERNEL_H, KERNEL_W, STRIDE, DILATION, PAD_TOP,
// PAD_LEFT, PATCH_PIXELS (even), DEPTH_ACTIVATION, DEPTH_ACTIVATION_A, DEPTH_ACTIVATION_B, D_PAIR, TILE_M, TILE_N, STAGES (2 or 3; 1
// where a block has one step), SPLIT, IN_TYPE, ENTRY; those of epilogue.cuh.
// Launch: grid as gemm.cuh, 128 threads, STAGES (32 sizeof(IN_TYPE) PATCH_PIXELS + 128 (KERNEL_H KERNEL_W + 1)) + 64 TILE_M (1 +
// D_PAIR) bytes of dynamic shared memory.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * OUT_HEIGHT * OUT_WIDTH)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS IN_CHUNKS
#undef GEMM_PHASE
#define GEMM_PHASE 0
#undef TAPS
#define TAPS (KERNEL_H * KERNEL_W)
#undef PIXEL_CHUNKS
#define PIXEL_CHUNKS (2 * (int)sizeof(IN_TYPE)) /* 16 bytes each, of 32 channels */
#undef PATCH_BYTES
#define PATCH_BYTES (PATCH_PIXELS * PIXEL_CHUNKS * 16)
#undef AHEAD
#define AHEAD (STAGES > 1 ? STAGES - 1 : 1) /* steps that are copied before one is multiplied */
#undef DEPTH_BYTES
#define DEPTH_BYTES ((TAPS + 1) * 128)
#undef STAGE_BYTES
#define STAGE_BYTES (PATCH_BYTES + DEPTH_BYTES)

struct Row {
    int pixel; // of tap (0, 0), from the patch's first, or anything where no tap lies inside
    int y, x;  // position of that tap
};

DEVICE int output_row(int m) { return m; }

// The pixel of x that the patch of a tile starts at: the beginning of the highest line that its first row reads.
DEVICE int first_pixel(int m) {
    const int n = m / (OUT_HEIGHT * OUT_WIDTH), line = (m - n * (OUT_HEIGHT * OUT_WIDTH)) / OUT_WIDTH * STRIDE - PAD_TOP;
    return (n * IN_HEIGHT + max(line, 0)) * IN_WIDTH;
}

DEVICE Row make_row(int m, int first) {
    const int n = m / (OUT_HEIGHT * OUT_WIDTH), at = m - n * (OUT_HEIGHT * OUT_WIDTH), line = at / OUT_WIDTH;
    Row row = {0, m < GEMM_ROWS ? line * STRIDE - PAD_TOP : -IN_HEIGHT - KERNEL_H * DILATION, (at - line * OUT_WIDTH) * STRIDE - PAD_LEFT};
    row.pixel = (n * IN_HEIGHT + row.y) * IN_WIDTH + row.x - first;
    return row;
}

// Where 16 bytes of the patch lie: in float32 maps the halves of 8 channels change places from pixel to pixel, so that neighbours, which
// are read at once, lie in different banks.
DEVICE int swapped(int piece) { return PIXEL_CHUNKS == 8 ? piece ^ ((piece >> 3) & 1) : piece; }

// Eight channels of one pixel, `offset` behind another.
DEVICE void load_pixel(const unsigned char* patch, int pixel, int offset, int chunk, float (&values)[8]) {
    if constexpr (PIXEL_CHUNKS == 8) {
        const float *from = (const float*)patch + pixel * 32 + chunk * 8, *one = from + (pixel & 1) * 4, *other = from + (~pixel & 1) * 4;
        const float4 low = *(const float4*)((offset & 1 ? other : one) + offset * 32);
        const float4 high = *(const float4*)((offset & 1 ? one : other) + offset * 32);
        values[0] = low.x, values[1] = low.y, values[2] = low.z, values[3] = low.w;
        values[4] = high.x, values[5] = high.y, values[6] = high.z, values[7] = high.w;
    } else {
        load_run((const IN_TYPE*)patch + (pixel + offset) * 32 + chunk * 8, values);
    }
}

// Eight channels of this thread's rows of d.
DEVICE void convolve(const Row (&rows)[TILE_M / 32], const unsigned char* patch, const float* depth, int chunk, float (&d)[TILE_M / 32][8]) {
    float taps[8];
    load_run(depth + TAPS * 32 + chunk * 8, taps);
    UNROLL for (int r = 0; r < TILE_M / 32; r++)
        UNROLL for (int i = 0; i < 8; i++) d[r][i] = taps[i];
    UNROLL for (int ky = 0; ky < KERNEL_H; ky++)
        UNROLL for (int kx = 0; kx < KERNEL_W; kx++) {
            load_run(depth + (ky * KERNEL_W + kx) * 32 + chunk * 8, taps);
            UNROLL for (int r = 0; r < TILE_M / 32; r++) {
                const int y = rows[r].y + ky * DILATION, x = rows[r].x + kx * DILATION;
                if ((unsigned)y < (unsigned)IN_HEIGHT && (unsigned)x < (unsigned)IN_WIDTH) {
                    float values[8];
                    load_pixel(patch, rows[r].pixel, (ky * IN_WIDTH + kx) * DILATION, chunk, values);
                    UNROLL for (int i = 0; i < 8; i++) d[r][i] = fmaf(values[i], taps[i], d[r][i]);
                }
            }
        }
    UNROLL for (int r = 0; r < TILE_M / 32; r++)
        UNROLL for (int i = 0; i < 8; i++) d[r][i] = activate<DEPTH_ACTIVATION>(d[r][i], DEPTH_ACTIVATION_A, DEPTH_ACTIVATION_B, 0.f);
}

#include "epilogue.cuh"
#undef WARPS_K
#define WARPS_K 1
#include "tile.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const float* RESTRICT depth, const half_t* RESTRICT weights,
                                 EPILOGUE_PARAMETERS, float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    const unsigned base = shared_address(memory), tile_x = base + STAGES * STAGE_BYTES;
    const int thread = (int)threadIdx.x, chunk = thread & 3, tile_row = thread >> 2;
    const int first_m = (int)BLOCK.x * TILE_M, start = first_pixel(first_m);
    Row rows[TILE_M / 32];
    UNROLL for (int i = 0; i < TILE_M / 32; i++) rows[i] = make_row(first_m + tile_row + i * 32, start);

    auto copy_depth = [&](int step, int stage) {
        const unsigned to = base + (unsigned)stage * STAGE_BYTES + PATCH_BYTES;
        for (int i = thread; i < (TAPS + 1) * 8; i += GEMM_THREADS)
            copy_async_16(to + (unsigned)i * 16, depth + (step * (TAPS + 1) * 32 + i * 4), true);
    };
    auto copy_patch = [&](int step, int stage) {
        const unsigned to = base + (unsigned)stage * STAGE_BYTES;
        for (int i = thread; i < PATCH_PIXELS * PIXEL_CHUNKS; i += GEMM_THREADS) {
            const int pixel = start + i / PIXEL_CHUNKS, channel = step * 32 + i % PIXEL_CHUNKS * (16 / (int)sizeof(IN_TYPE));
            const bool ok = pixel < IMAGES * IN_HEIGHT * IN_WIDTH && channel < IN_CHUNKS * 8;
            copy_async_16(to + (unsigned)swapped(i) * 16, x + (ok ? pixel * IN_PITCH + channel : 0), ok);
        }
    };

    const half_t* own = own_weights(weights);
    Sums sums;
    clear(sums);
    const int part = (int)BLOCK.z % SPLIT, first = STEPS * part / SPLIT, steps = STEPS * (part + 1) / SPLIT - first;
    UNROLL for (int step = 0; step < AHEAD; step++)
        if (step < steps) copy_depth(first + step, step);
    Weights w; // of a step, asked for a whole depth-wise convolution before they are multiplied
    load_weights(w, own, first);
    wait_for_predecessor_and_release();
    UNROLL for (int step = 0; step < AHEAD; step++) {
        if (step < steps) copy_patch(first + step, step);
        copy_async_commit();
    }

    int stage = 0, next_stage = STAGES - 1;
    for (int step = 0; step < steps; step++) {
        if (step > 0) load_weights(w, own, first + step);
        copy_async_wait<AHEAD - 1>();
        __syncthreads();
        if (step + AHEAD < steps) {
            copy_patch(first + step + AHEAD, next_stage);
            copy_depth(first + step + AHEAD, next_stage);
        }
        copy_async_commit();
        const unsigned char* patch = memory + stage * STAGE_BYTES;
        float d[TILE_M / 32][8];
        convolve(rows, patch, (const float*)(patch + PATCH_BYTES), chunk, d);
        UNROLL for (int r = 0; r < TILE_M / 32; r++) {
            unsigned char* to = memory + STAGES * STAGE_BYTES + swizzled(tile_row + r * 32, chunk);
            store_run((half_t*)to, d[r]);
            if (D_PAIR) {
                UNROLL for (int i = 0; i < 8; i++) d[r][i] -= half_to_float(float_to_half(d[r][i]));
                store_run((half_t*)(to + TILE_M * 64), d[r]);
            }
        }
        __syncthreads();
        multiply_step(sums, tile_x, w);
        if (D_PAIR) multiply_step(sums, tile_x + TILE_M * 64, w);
        if (++stage == STAGES) stage = 0;
        if (++next_stage == STAGES) next_stage = 0;
    }
    copy_async_wait<0>();
    store_tile(sums, epilogue, memory, partial, counters);
}
