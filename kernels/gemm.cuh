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

#undef GEMM_THREADS
#undef STEP_CHUNKS
#undef ROW_FLOATS

#if MMA

#define GEMM_THREADS 128
#define STEP_CHUNKS 4 /* 32 values of k: one row of a tile is 64 bytes */
#define STEPS ((GEMM_CHUNKS + STEP_CHUNKS - 1) / STEP_CHUNKS)
#define STAGE_BYTES ((TILE_M + TILE_N) * 64)

// Byte of a 16-byte chunk in a tile with 64-byte rows. The swap by row keeps ldmatrix and the copies free of bank conflicts.
DEVICE unsigned swizzled(int row, int chunk) { return (unsigned)(row * 64 + ((chunk ^ ((row >> 1) & 3)) << 4)); }

#if SPLIT > 1
// Stores this block's sums; true in the block that is the last of its tile to do so, where they then are those of all parts.
DEVICE bool join_parts(float (&sums)[TILE_M / 32][TILE_N / 16][4], float* partial, unsigned* counters, unsigned char* memory) {
    const int row_tiles = (GEMM_ROWS + TILE_M - 1) / TILE_M, output_tiles = (OUT_CHANNELS + TILE_N - 1) / TILE_N;
    const int tile = (int)BLOCK.x + row_tiles * ((int)BLOCK.y + output_tiles * GEMM_PHASE), part = (int)BLOCK.z % SPLIT;
    float* own = partial + ((size_t)tile * SPLIT * TILE_M * TILE_N + threadIdx.x * 4);
    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int j = 0; j < TILE_N / 16; j++)
            *(float4*)(own + (part * TILE_M * TILE_N + (i * (TILE_N / 16) + j) * 512)) =
                make_float4(sums[i][j][0], sums[i][j][1], sums[i][j][2], sums[i][j][3]);
    __threadfence();
    __syncthreads();
    unsigned* ticket = (unsigned*)memory;
    if (threadIdx.x == 0) *ticket = atomicAdd(counters + tile, 1u);
    __syncthreads();
    if (*ticket != SPLIT - 1) return false;
    __threadfence();
    if (threadIdx.x == 0) counters[tile] = 0u;
    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int j = 0; j < TILE_N / 16; j++)
            UNROLL for (int k = 0; k < 4; k++) sums[i][j][k] = 0.f;
    for (int p = 0; p < SPLIT; p++)
        UNROLL for (int i = 0; i < TILE_M / 32; i++)
            UNROLL for (int j = 0; j < TILE_N / 16; j++) {
                const float4 more = load_from_l2((const float4*)(own + (p * TILE_M * TILE_N + (i * (TILE_N / 16) + j) * 512)));
                sums[i][j][0] += more.x, sums[i][j][1] += more.y, sums[i][j][2] += more.z, sums[i][j][3] += more.w;
            }
    return true;
}
#endif

// Four warps, two by two; each owns TILE_M / 2 x TILE_N / 2 sums. The copies of the next STAGES - 1 steps are under way while
// one is multiplied. Per step and thread TILE_M / 32 chunks of x and TILE_N / 32 of the weights are copied.
DEVICE void gemm(const half_t* x, const half_t* weights, const int* table, const Epilogue& epilogue, unsigned char* memory,
                 float* partial, unsigned* counters) {
    const unsigned base = shared_address(memory);
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5;
    const int first_m = (int)BLOCK.x * TILE_M, first_n = (int)BLOCK.y * TILE_N;
    const int warp_m = (warp & 1) * (TILE_M / 2), warp_n = (warp >> 1) * (TILE_N / 2);
    const int chunk = thread & 3, tile_row = thread >> 2;

    Row rows[TILE_M / 32];
    UNROLL for (int i = 0; i < TILE_M / 32; i++) rows[i] = make_row(first_m + tile_row + i * 32, table);

    auto copy_step = [&](int step, int stage) {
        const unsigned to = base + (unsigned)stage * STAGE_BYTES;
        UNROLL for (int i = 0; i < TILE_M / 32; i++) {
            const int offset = source_offset(rows[i], step * STEP_CHUNKS + chunk);
            copy_async_16(to + swizzled(tile_row + i * 32, chunk), x + (offset < 0 ? 0 : offset), offset >= 0);
        }
        UNROLL for (int i = 0; i < TILE_N / 32; i++) {
            const int n = tile_row + i * 32;
            copy_async_16(to + TILE_M * 64 + swizzled(n, chunk),
                          weights + ((first_n + n) * (STEPS * STEP_CHUNKS) + step * STEP_CHUNKS + chunk) * 8, true);
        }
    };

    float sums[TILE_M / 32][TILE_N / 16][4];
    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int j = 0; j < TILE_N / 16; j++)
            UNROLL for (int k = 0; k < 4; k++) sums[i][j][k] = 0.f;

    const int part = (int)BLOCK.z % SPLIT, first = STEPS * part / SPLIT, steps = STEPS * (part + 1) / SPLIT - first;
    UNROLL for (int step = 0; step < STAGES - 1; step++) {
        if (step < steps) copy_step(first + step, step);
        copy_async_commit();
    }

    int stage = 0, next_stage = STAGES - 1;
    for (int step = 0; step < steps; step++) {
        copy_async_wait<STAGES - 2>();
        __syncthreads();
        if (step + STAGES - 1 < steps) copy_step(first + step + STAGES - 1, next_stage);
        copy_async_commit();

        const unsigned tile_x = base + (unsigned)stage * STAGE_BYTES, tile_w = tile_x + TILE_M * 64;
        UNROLL for (int half = 0; half < 2; half++) {
            unsigned a[TILE_M / 32][4], b[TILE_N / 32][4];
            UNROLL for (int i = 0; i < TILE_M / 32; i++)
                load_matrix_x4(a[i], tile_x + swizzled(warp_m + i * 16 + (lane & 15), half * 2 + (lane >> 4)));
            UNROLL for (int j = 0; j < TILE_N / 32; j++)
                load_matrix_x4(b[j], tile_w + swizzled(warp_n + j * 16 + (lane & 7) + ((lane >> 4) << 3), half * 2 + ((lane >> 3) & 1)));
            UNROLL for (int i = 0; i < TILE_M / 32; i++)
                UNROLL for (int j = 0; j < TILE_N / 16; j++)
                    mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2], b[j >> 1][(j & 1) * 2 + 1]);
        }
        if (++stage == STAGES) stage = 0;
        if (++next_stage == STAGES) next_stage = 0;
    }
    copy_async_wait<0>();
#if SPLIT > 1
    if (!join_parts(sums, partial, counters, memory)) return;
#endif

    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int half = 0; half < 2; half++) {
            const int m = first_m + warp_m + i * 16 + half * 8 + (lane >> 2);
            if (m < GEMM_ROWS) {
                const int row = output_row(m);
                if (row < 0) continue;
                UNROLL for (int j = 0; j < TILE_N / 16; j++)
                    epilogue.put_two(row, first_n + warp_n + j * 8 + (lane & 3) * 2, sums[i][j][half * 2], sums[i][j][half * 2 + 1]);
            }
        }
}

#else

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
