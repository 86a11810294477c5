// gemm.cuh: sums[m][n] = sum over k of source[m][k] weight[n][k], by tiles, then the epilogue. No include guard: every
// specialisation includes it after it has said where its rows come from:
//   GEMM_ROWS            rows m; GEMM_OUTPUTS outputs n (= OUT_CHANNELS)
//   GEMM_CHUNKS          k / 8: the source is read in chunks of 8 neighbouring channels
//   struct Row           what is known of one row m;  Row make_row(int m, const int* table) fills it for any m, also beyond
//                        GEMM_ROWS; table is what the kernel hands to gemm, null if it needs none
//   int source_offset(const Row&, int chunk)  where the chunk starts in x, in elements; -1 where it counts as zeros
//   int output_row(int m)                     the row of y; -1 if there is none
//   MMA                  1: tensor cores, x and weights in half_t; 0: fp32 arithmetic, x of IN_TYPE, weights float
//   TILE_M, TILE_N       1: 32, 64 or 128 each; 0: 32 each.  STAGES  2 to 4 (tensor cores)
//   SPLIT                blocks that share a tile, each with a part of k (tensor cores; otherwise 1). Each stores its sums in
//                        `partial`; the last to finish adds them in the order of the parts, so results are repeatable
// Weights lie as [outputs rounded up to TILE_N][k rounded up to a whole step], zeros where they were rounded up.
// With SPLIT > 1: partial holds SPLIT TILE_M TILE_N floats a tile, counters one zero a tile, which is zero again afterwards.
// Launch: grid (rows / TILE_M, outputs / TILE_N, SPLIT) rounded up, z times the phases, GEMM_THREADS threads, GEMM_SHARED bytes of dynamic shared memory.
#include "epilogue.cuh"

// Of blocks side by side in z: the phase, for kernels that have several.
#undef GEMM_PHASE
#define GEMM_PHASE ((int)BLOCK.z / SPLIT)

#if MMA

#include "tile.cuh"

#undef STAGE_BYTES
#define STAGE_BYTES ((TILE_M + TILE_N) * 64)

// The copies of the next STAGES - 1 steps are under way while one is multiplied. Per step and thread TILE_M / 32 chunks of x and
// TILE_N / 32 of the weights are copied; the first weights, which no kernel writes, before the predecessor is done.
DEVICE void gemm(const half_t* x, const half_t* weights, const int* table, const Epilogue& epilogue, unsigned char* memory,
                 float* partial, unsigned* counters) {
    const unsigned base = shared_address(memory);
    const int chunk = (int)threadIdx.x & 3, tile_row = (int)threadIdx.x >> 2;

    Row rows[TILE_M / 32];
    UNROLL for (int i = 0; i < TILE_M / 32; i++) rows[i] = make_row((int)BLOCK.x * TILE_M + tile_row + i * 32, table);
    const half_t* from_w = weights + (((int)BLOCK.y * TILE_N + tile_row) * (STEPS * STEP_CHUNKS) + chunk) * 8;

    auto copy_weights = [&](int step, int stage) {
        const unsigned to = base + (unsigned)stage * STAGE_BYTES + TILE_M * 64;
        UNROLL for (int i = 0; i < TILE_N / 32; i++)
            copy_async_16(to + swizzled(tile_row + i * 32, chunk), from_w + (i * 32 * STEPS + step) * (STEP_CHUNKS * 8), true);
    };
    auto copy_rows = [&](int step, int stage) {
        const unsigned to = base + (unsigned)stage * STAGE_BYTES;
        UNROLL for (int i = 0; i < TILE_M / 32; i++) {
            const int offset = source_offset(rows[i], step * STEP_CHUNKS + chunk);
            copy_async_16(to + swizzled(tile_row + i * 32, chunk), x + (offset < 0 ? 0 : offset), offset >= 0);
        }
    };

    Sums sums;
    clear(sums);
    const int part = (int)BLOCK.z % SPLIT, first = STEPS * part / SPLIT, steps = STEPS * (part + 1) / SPLIT - first;
    UNROLL for (int step = 0; step < STAGES - 1; step++)
        if (step < steps) copy_weights(first + step, step);
    take_turn();
    UNROLL for (int step = 0; step < STAGES - 1; step++) {
        if (step < steps) copy_rows(first + step, step);
        copy_async_commit();
    }

    int stage = 0, next_stage = STAGES - 1;
    for (int step = 0; step < steps; step++) {
        copy_async_wait<STAGES - 2>();
        __syncthreads();
        if (step + STAGES - 1 < steps) {
            copy_rows(first + step + STAGES - 1, next_stage);
            copy_weights(first + step + STAGES - 1, next_stage);
        }
        copy_async_commit();
        const unsigned tile_x = base + (unsigned)stage * STAGE_BYTES;
        multiply_step(sums, tile_x, tile_x + TILE_M * 64);
        if (++stage == STAGES) stage = 0;
        if (++next_stage == STAGES) next_stage = 0;
    }
    copy_async_wait<0>();
    store_tile(sums, epilogue, memory, partial, counters);
}

#else

#undef GEMM_THREADS
#undef STEP_CHUNKS
#undef ROW_FLOATS
#define GEMM_THREADS 64
#define STEP_CHUNKS 2
#define STEPS ((GEMM_CHUNKS + STEP_CHUNKS - 1) / STEP_CHUNKS)
#define ROW_FLOATS 36 /* a tile of 16 k by 32; the 4 more floats a row keep the transposing stores from colliding */

// Each thread owns 4 x 4 sums and copies one chunk of each operand a step.
DEVICE void gemm(const IN_TYPE* x, const float* weights, const int* table, const Epilogue& epilogue, unsigned char* memory, float*,
                 unsigned*) {
    float* tile_x = (float*)memory;
    float* tile_w = tile_x + 16 * ROW_FLOATS;
    const int thread = (int)threadIdx.x, chunk = thread & 1, tile_row = thread >> 1;
    const int first_m = (int)BLOCK.x * 32, first_n = (int)BLOCK.y * 32;
    const int own_m = (thread & 7) * 4, own_n = (thread >> 3) * 4;
    const Row row = make_row(first_m + tile_row, table);
    const float* from_w = weights + (first_n + tile_row) * (STEPS * 16) + chunk * 8;

    float sums[4][4];
    UNROLL for (int i = 0; i < 4; i++)
        UNROLL for (int j = 0; j < 4; j++) sums[i][j] = 0.f;

    take_turn();
    for (int step = 0; step < STEPS; step++) {
        float values[8] = {0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f};
        const int offset = source_offset(row, step * 2 + chunk);
        if (offset >= 0) load_eight(x + offset, values);
        float taps[8];
        load_eight(from_w + step * 16, taps);
        __syncthreads();
        UNROLL for (int i = 0; i < 8; i++) {
            tile_x[(chunk * 8 + i) * ROW_FLOATS + tile_row] = values[i];
            tile_w[(chunk * 8 + i) * ROW_FLOATS + tile_row] = taps[i];
        }
        __syncthreads();
        UNROLL for (int k = 0; k < 16; k++) {
            const float4 a = *(const float4*)(tile_x + k * ROW_FLOATS + own_m), b = *(const float4*)(tile_w + k * ROW_FLOATS + own_n);
            const float as[4] = {a.x, a.y, a.z, a.w}, bs[4] = {b.x, b.y, b.z, b.w};
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 4; j++) sums[i][j] = fmaf(as[i], bs[j], sums[i][j]);
        }
    }

    UNROLL for (int i = 0; i < 4; i++) {
        const int m = first_m + own_m + i;
        if (m < GEMM_ROWS) {
            const int out = output_row(m);
            if (out < 0) continue;
            UNROLL for (int j = 0; j < 4; j += 2) epilogue.put_two(out, first_n + own_n + j, sums[i][j], sums[i][j + 1]);
        }
    }
}

#endif
