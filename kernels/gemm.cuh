// gemm.cuh: sums[m][n] = sum over k of source[m][k] weight[n][k], by tiles, then the epilogue. No include guard: every
// specialisation includes it after it has said where its rows come from:
//   GEMM_ROWS            rows m; GEMM_OUTPUTS outputs n (= OUT_CHANNELS)
//   GEMM_CHUNKS          k / 8: the source is read in chunks of 8 neighbouring channels
//   struct Row           what is known of one row m;  Row make_row(int m, const int* table) fills it for any m, also beyond
//                        GEMM_ROWS; table is what the kernel hands to gemm, null if it needs none
//   bool find_source(const Row&, int chunk, int& offset)  where the chunk, below GEMM_CHUNKS, starts in x, in elements; false where it
//                        counts as zeros
//   int output_row(int m)                     the row of y; -1 if there is none
//   MMA                  1: tensor cores, x and weights in half_t; 0: fp32 arithmetic, x of IN_TYPE, weights float
//   SCALAR_WARPS         MMA 0: warps of a block, 4 or 8, each with steps of k of its own
//   TILE_M, TILE_N       1: 32, 64 or 128 each; 0: 32 each.  STAGES  2 to 4 (tensor cores)
//   SPLIT                blocks that share a tile, each with a part of k (split.cuh)
// Weights of MMA 1 lie as tile.cuh says, of 0 as [outputs rounded up to TILE_N][k rounded up to a whole step]; zeros where rounded up.
// Launch: grid (rows / TILE_M, outputs / TILE_N, SPLIT) rounded up, z times the phases, GEMM_THREADS threads; dynamic shared memory:
// STAGES ROUND_BYTES, but 16 KB at least where WARPS_K > 1; MMA 0: 4 KB
// SCALAR_WARPS.
#include "epilogue.cuh"

// Of blocks side by side in z: the phase, for kernels that have several.
#undef GEMM_PHASE
#define GEMM_PHASE ((int)BLOCK.z / SPLIT)

#if MMA

#undef WARPS_K
#define WARPS_K (TILE_M * TILE_N < 4096 ? 4096 / (TILE_M * TILE_N) : 1)
#include "tile.cuh"

#undef AHEAD
#undef ROUNDS
#undef ROUND_BYTES
#define AHEAD (STAGES - 1)
#define ROUNDS ((STEPS + WARPS_K - 1) / WARPS_K) /* a step for each of the warps that share their sums */
#define ROUND_BYTES (WARPS_K * TILE_M * 64)

// This block's sums, of which each warp has its own. The rows of the next AHEAD rounds are on their way to shared memory, and their
// weights to registers, while one is multiplied. A thread copies WARPS_K TILE_M / 32 chunks of x a round. The first weights are asked for
// before the predecessor is done.
DEVICE void sum_products(Sums& sums, const half_t* x, const half_t* weights, const int* table, unsigned char* memory) {
    const int chunk = (int)threadIdx.x & 3, tile_row = (int)threadIdx.x >> 2;
    const unsigned base = shared_address(memory), own_chunk = swizzled(tile_row, chunk);

    Row rows[TILE_M / 32];
    UNROLL for (int i = 0; i < TILE_M / 32; i++) rows[i] = make_row((int)BLOCK.x * TILE_M + tile_row + i * 32, table);
    auto copy_rows = [&](int round, unsigned tile) {
        UNROLL for (int k = 0; k < WARPS_K; k++)
            UNROLL for (int i = 0; i < TILE_M / 32; i++) {
                const int from = (round * WARPS_K + k) * STEP_CHUNKS + chunk;
                int offset;
                const bool ok = (GEMM_CHUNKS % (WARPS_K * STEP_CHUNKS) == 0 || from < GEMM_CHUNKS) && find_source(rows[i], from, offset);
                copy_async_16(tile + own_chunk + (k * TILE_M + i * 32) * 64, x + (ok ? offset : 0), ok);
            }
    };

    const int part = (int)BLOCK.z % SPLIT, first = ROUNDS * part / SPLIT, rounds = ROUNDS * (part + 1) / SPLIT - first;
    const half_t* own = own_weights(weights);
    auto has_step = [&](int round) { return STEPS % WARPS_K == 0 || round * WARPS_K + warp_k() < STEPS; };
    auto copy_weights = [&](Weights& w, int round) {
        if (has_step(round)) load_weights(w, own, round * WARPS_K + warp_k());
    };
    Weights w[AHEAD];
    UNROLL for (int round = 0; round < AHEAD; round++)
        if (round < rounds) copy_weights(w[round], first + round);
    wait_for_predecessor_and_release();
    UNROLL for (int round = 0; round < AHEAD; round++) {
        if (round < rounds) copy_rows(first + round, base + round * ROUND_BYTES);
        copy_async_commit();
    }

    clear(sums);
    const unsigned last_tile = base + AHEAD * ROUND_BYTES;
    unsigned tile = base, free_tile = last_tile; // what is multiplied, and what was before
    for (int start = 0; start < rounds; start += AHEAD)
        UNROLL for (int i = 0; i < AHEAD; i++) { // registers have no index at run time
            const int round = start + i, next = round + AHEAD;
            if (round >= rounds) break;
            copy_async_wait<AHEAD - 1>();
            __syncthreads();
            if (next < rounds) copy_rows(first + next, free_tile);
            copy_async_commit();
            if (has_step(first + round)) multiply_step(sums, tile + warp_k() * (TILE_M * 64), w[i]);
            if (next < rounds) copy_weights(w[i], first + next);
            free_tile = tile;
            tile = tile == last_tile ? base : tile + ROUND_BYTES;
        }
    copy_async_wait<0>();
}

DEVICE void gemm(const half_t* x, const half_t* weights, const int* table, const Epilogue& epilogue, unsigned char* memory,
                 float* partial, unsigned* counters) {
    Sums sums;
    sum_products(sums, x, weights, table, memory);
    store_tile(sums, epilogue, memory, partial, counters);
}

#else

#undef GEMM_THREADS
#undef STEP_CHUNKS
#define GEMM_THREADS (32 * SCALAR_WARPS)
#define STEP_CHUNKS 2
#define STEPS ((GEMM_CHUNKS + STEP_CHUNKS - 1) / STEP_CHUNKS)

// A thread finishes 8 sums of a tile's 1024.
DEVICE bool has_sums() { return threadIdx.x < 128; }

#undef OWN_RUNS
#undef OWN_THREADS
#define OWN_RUNS 1
#define OWN_THREADS 128
#include "split.cuh"

// A step of a warp: 16 k of 32 rows and 32 outputs, of which a lane copies one each and adds up 4 x 8 sums. The next step is on its way to
// registers while one is multiplied, the weights of the first one before the predecessor is done.
DEVICE void gemm(const IN_TYPE* x, const float* weights, const int* table, const Epilogue& epilogue, unsigned char* memory, float* partial,
                 unsigned* counters) {
    const int lane = (int)threadIdx.x & 31, warp = (int)threadIdx.x >> 5;
    float* tile_x = (float*)memory + warp * 1024; // [16][32]
    float* tile_w = tile_x + 512;
    const int first_m = (int)BLOCK.x * 32, first_n = (int)BLOCK.y * 32, own_m = (lane >> 2) * 4, own_n = (lane & 3) * 8;
    const Row row = make_row(first_m + lane, table);
    const float* from_w = weights + (first_n + lane) * (STEPS * 16);
    const int part = (int)BLOCK.z % SPLIT, end = STEPS * (part + 1) / SPLIT;
    unsigned taps[16];
    float values[STEP_CHUNKS][8];
    auto copy_weights = [&](int step) {
        UNROLL for (int i = 0; i < 4; i++) load_constant_16(*(unsigned(*)[4])(taps + 4 * i), from_w + step * 16 + 4 * i);
    };
    auto copy_rows = [&](int step) {
        UNROLL for (int i = 0; i < STEP_CHUNKS; i++) {
            const int chunk = step * STEP_CHUNKS + i;
            int offset;
            if ((GEMM_CHUNKS % STEP_CHUNKS == 0 || chunk < GEMM_CHUNKS) && find_source(row, chunk, offset))
                load_run(x + offset, values[i]);
            else
                UNROLL for (int j = 0; j < 8; j++) values[i][j] = 0.f;
        }
    };

    float sums[4][8];
    UNROLL for (int i = 0; i < 4; i++)
        UNROLL for (int j = 0; j < 8; j++) sums[i][j] = 0.f;

    int step = STEPS * part / SPLIT + warp;
    if (step < end) copy_weights(step);
    wait_for_predecessor_and_release();
    if (step < end) copy_rows(step);
    for (; step < end; step += SCALAR_WARPS) {
        __syncwarp();
        UNROLL for (int k = 0; k < 16; k++) {
            tile_x[k * 32 + lane] = values[k >> 3][k & 7];
            tile_w[k * 32 + lane] = __int_as_float((int)taps[k]);
        }
        __syncwarp();
        if (step + SCALAR_WARPS < end) {
            copy_weights(step + SCALAR_WARPS);
            copy_rows(step + SCALAR_WARPS);
        }
        UNROLL for (int k = 0; k < 16; k++) {
            float a[4], b[8];
            load_run(tile_x + k * 32 + own_m, a);
            load_run(tile_w + k * 32 + own_n, b);
            UNROLL for (int i = 0; i < 4; i++)
                UNROLL for (int j = 0; j < 8; j++) sums[i][j] = fmaf(a[i], b[j], sums[i][j]);
        }
    }

    // The warps' sums, added in their order; a thread finishes 8 outputs of one row.
    float* all = (float*)memory;
    __syncthreads();
    UNROLL for (int i = 0; i < 4; i++) store_run(all + warp * 1024 + (own_m + i) * 32 + own_n, sums[i]);
    __syncthreads();
    const int m = first_m + ((int)(threadIdx.x & 127) >> 2), n = ((int)threadIdx.x & 3) * 8;
    float own[1][8];
    load_run(all + (m - first_m) * 32 + n, own[0]);
    UNROLL for (int i = 1; i < SCALAR_WARPS; i++) {
        float more[8];
        load_run(all + i * 1024 + (m - first_m) * 32 + n, more);
        UNROLL for (int j = 0; j < 8; j++) own[0][j] += more[j];
    }
#if SPLIT > 1
    if (!join_parts(own, partial, counters, memory)) return;
#endif
    if (has_sums() && m < GEMM_ROWS) {
        const int out = output_row(m);
        if (out >= 0) epilogue.put(out, first_n + n, own[0]);
    }
}

#endif
