// tile.cuh: what a block of tensor-core products does with one tile: multiply rows that lie in shared memory by weights that lie in
// registers, add up what its warps and other blocks have of the same sums, store. No include guard: every specialisation includes it
// after epilogue.cuh, with GEMM_ROWS, GEMM_CHUNKS, TILE_M, TILE_N, SPLIT and output_row as gemm.cuh says, and
//   WARPS_K   warps that share their sums, each with steps of its own
// A warp makes the sums of 32 outputs; those of the block's four that the outputs do not need lie along k, then along the rows.
//
// Weights lie as mma.sync wants them, so that a lane loads what it multiplies of 8 outputs and a step with one instruction, straight
// from global memory: [outputs / 32][steps][4][lane][8 halves]. In mma.cuh's terms, column 2 p + e of the four products of a warp is
// output 8 p + 2 j + e in the j-th: so the sums that a lane has of a row are 8 neighbours. Written by Lowering/Fragments.cs.
#undef GEMM_THREADS
#undef STEP_CHUNKS
#undef WARPS_N
#undef WARPS_M
#undef WARP_M
#undef TILE_THREADS
#undef LANE_ROWS
#define GEMM_THREADS 128
#define STEP_CHUNKS 4 /* 32 values of k: one row of a tile is 64 bytes */
#define STEPS ((GEMM_CHUNKS + STEP_CHUNKS - 1) / STEP_CHUNKS)
#define WARPS_N (TILE_N / 32)
#define WARPS_M (4 / (WARPS_N * WARPS_K) < TILE_M / 16 ? 4 / (WARPS_N * WARPS_K) : TILE_M / 16)
#define WARP_M (TILE_M / WARPS_M)
#define TILE_THREADS (32 * WARPS_M * WARPS_N * WARPS_K)
#define LANE_ROWS (WARP_M / 8 / WARPS_K)

// Byte of a 16-byte chunk in a tile with 64-byte rows. The swap by row keeps ldmatrix and the copies free of bank conflicts.
DEVICE unsigned swizzled(int row, int chunk) { return (unsigned)(row * 64 + ((chunk ^ ((row >> 1) & 3)) << 4)); }

typedef float Sums[WARP_M / 16][4][4]; // a warp's: 16 rows by 8 outputs each
typedef float Own[LANE_ROWS][8];       // of every 8th row, 8 neighbouring outputs
typedef unsigned Weights[4][4];        // of one step

DEVICE int lane() { return (int)threadIdx.x & 31; }
DEVICE int warp_n() { return (int)(threadIdx.x >> 5) % WARPS_N; }
DEVICE int warp_k() { return (int)(threadIdx.x >> 5) / WARPS_N % WARPS_K; }
DEVICE int warp_m() { return (int)(threadIdx.x >> 5) / (WARPS_N * WARPS_K); }
DEVICE bool has_sums() { return TILE_THREADS == GEMM_THREADS || threadIdx.x < TILE_THREADS; }

DEVICE void clear(Sums& sums) {
    UNROLL for (int i = 0; i < WARP_M / 16; i++)
        UNROLL for (int j = 0; j < 4; j++)
            UNROLL for (int k = 0; k < 4; k++) sums[i][j][k] = 0.f;
}

// Where this lane's weights start.
DEVICE const half_t* own_weights(const half_t* weights) {
    return weights + (((int)BLOCK.y * WARPS_N + warp_n()) * (STEPS * 1024) + lane() * 8);
}

DEVICE void load_weights(Weights& w, const half_t* own, int step) {
    if (has_sums()) UNROLL for (int j = 0; j < 4; j++) load_constant_16(w[j], own + (step * 1024 + j * 256));
}

// Adds 32 values of k; the tile lies in rows of 64 bytes, swizzled, and starts at a multiple of 128.
DEVICE void multiply_step(Sums& sums, unsigned tile_x, const Weights& w) {
    if (!has_sums()) return;
    const unsigned own = tile_x + swizzled(warp_m() * WARP_M + (lane() & 15), lane() >> 4);
    UNROLL for (int half = 0; half < 2; half++) {
        unsigned a[WARP_M / 16][4];
        UNROLL for (int i = 0; i < WARP_M / 16; i++) load_matrix_x4(a[i], (own ^ (half * 32)) + i * (16 * 64));
        UNROLL for (int i = 0; i < WARP_M / 16; i++)
            UNROLL for (int j = 0; j < 4; j++) mma_16x8x16(sums[i][j], a[i], w[j][half * 2], w[j][half * 2 + 1]);
    }
}

// The sums that this lane finishes: of warps that share theirs, each takes its part of the rows, added in the order of k.
DEVICE void take_own(const Sums& sums, Own& own, unsigned char* memory) {
#if WARPS_K > 1
    float2* all = (float2*)memory + (int)(threadIdx.x >> 5) * (WARP_M / 8 * 128) + lane();
    __syncthreads(); // until then the memory holds rows
    UNROLL for (int row = 0; row < WARP_M / 8; row++)
        UNROLL for (int j = 0; j < 4; j++)
            all[(row * 4 + j) * 32] = make_float2(sums[row >> 1][j][(row & 1) * 2], sums[row >> 1][j][(row & 1) * 2 + 1]);
    __syncthreads();
    const float2* from = all + (warp_k() * LANE_ROWS - warp_k() * WARPS_N * (WARP_M / 8)) * 128;
    UNROLL for (int row = 0; row < LANE_ROWS; row++)
        UNROLL for (int j = 0; j < 4; j++) {
            float2 sum = from[(row * 4 + j) * 32];
            UNROLL for (int k = 1; k < WARPS_K; k++) {
                const float2 more = from[(k * WARPS_N * (WARP_M / 8) * 4 + row * 4 + j) * 32];
                sum.x += more.x, sum.y += more.y;
            }
            own[row][j * 2] = sum.x, own[row][j * 2 + 1] = sum.y;
        }
#else
    UNROLL for (int row = 0; row < LANE_ROWS; row++)
        UNROLL for (int i = 0; i < 8; i++) own[row][i] = sums[row >> 1][i >> 1][(row & 1) * 2 + (i & 1)];
#endif
}

#undef OWN_RUNS
#undef OWN_THREADS
#define OWN_RUNS LANE_ROWS
#define OWN_THREADS TILE_THREADS
#include "split.cuh"

// Hands the sums of the whole tile to an epilogue, in the last block of a split one.
template <typename Target>
DEVICE void store_tile(const Sums& sums, const Target& epilogue, unsigned char* memory, float* partial, unsigned* counters) {
    Own own;
    take_own(sums, own, memory);
#if SPLIT > 1
    if (!join_parts(own, partial, counters, memory)) return;
#endif
    const int first = (int)BLOCK.x * TILE_M + warp_m() * WARP_M + warp_k() * (LANE_ROWS * 8) + (lane() >> 2);
    const int first_channel = ((int)BLOCK.y * WARPS_N + warp_n()) * 32, channel = first_channel + (lane() & 3) * 8;
    if (!has_sums() || !epilogue.takes(first_channel)) return;
    UNROLL for (int start = 0; start < LANE_ROWS; start += 8) { // more would need too many registers
        int rows[8];
        UNROLL for (int i = start; i < LANE_ROWS && i < start + 8; i++) {
            rows[i - start] = first + i * 8 < GEMM_ROWS ? output_row(first + i * 8) : -1;
            epilogue.add(max(rows[i - start], 0), channel, own[i]);
        }
        UNROLL for (int i = start; i < LANE_ROWS && i < start + 8; i++)
            if (rows[i - start] >= 0) epilogue.store(rows[i - start], channel, own[i]);
    }
}
