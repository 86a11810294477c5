// tile.cuh: what a block of tensor-core products does with one tile: multiply what lies in shared memory, join the parts of a split
// product, store. Four warps, two by two; each owns TILE_M / 2 x TILE_N / 2 sums. No include guard: every specialisation includes it
// after epilogue.cuh, with GEMM_ROWS, GEMM_CHUNKS, TILE_M, TILE_N, SPLIT and output_row as gemm.cuh says.
#undef GEMM_THREADS
#undef STEP_CHUNKS
#define GEMM_THREADS 128
#define STEP_CHUNKS 4 /* 32 values of k: one row of a tile is 64 bytes */
#define STEPS ((GEMM_CHUNKS + STEP_CHUNKS - 1) / STEP_CHUNKS)

// Byte of a 16-byte chunk in a tile with 64-byte rows. The swap by row keeps ldmatrix and the copies free of bank conflicts.
DEVICE unsigned swizzled(int row, int chunk) { return (unsigned)(row * 64 + ((chunk ^ ((row >> 1) & 3)) << 4)); }

typedef float Sums[TILE_M / 32][TILE_N / 16][4];

DEVICE void clear(Sums& sums) {
    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int j = 0; j < TILE_N / 16; j++)
            UNROLL for (int k = 0; k < 4; k++) sums[i][j][k] = 0.f;
}

#if SPLIT > 1
// Stores this block's sums; true in the block that is the last of its tile to do so, where they then are those of all parts.
DEVICE bool join_parts(Sums& sums, float* partial, unsigned* counters, unsigned char* memory) {
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
    clear(sums);
    for (int p = 0; p < SPLIT; p++)
        UNROLL for (int i = 0; i < TILE_M / 32; i++)
            UNROLL for (int j = 0; j < TILE_N / 16; j++) {
                const float4 more = load_from_l2((const float4*)(own + (p * TILE_M * TILE_N + (i * (TILE_N / 16) + j) * 512)));
                sums[i][j][0] += more.x, sums[i][j][1] += more.y, sums[i][j][2] += more.z, sums[i][j][3] += more.w;
            }
    return true;
}
#endif

// The first row (or column) of this warp's sums in the tile.
DEVICE int warp_row() { return (int)((threadIdx.x >> 5) & 1) * (TILE_M / 2); }
DEVICE int warp_column() { return (int)(threadIdx.x >> 6) * (TILE_N / 2); }

// Adds 32 values of k; the tiles lie in rows of 64 bytes, swizzled.
DEVICE void multiply_step(Sums& sums, unsigned tile_x, unsigned tile_w) {
    const int lane = (int)threadIdx.x & 31;
    UNROLL for (int half = 0; half < 2; half++) {
        unsigned a[TILE_M / 32][4], b[TILE_N / 32][4];
        UNROLL for (int i = 0; i < TILE_M / 32; i++)
            load_matrix_x4(a[i], tile_x + swizzled(warp_row() + i * 16 + (lane & 15), half * 2 + (lane >> 4)));
        UNROLL for (int j = 0; j < TILE_N / 32; j++)
            load_matrix_x4(b[j], tile_w + swizzled(warp_column() + j * 16 + (lane & 7) + ((lane >> 4) << 3), half * 2 + ((lane >> 3) & 1)));
        UNROLL for (int i = 0; i < TILE_M / 32; i++)
            UNROLL for (int j = 0; j < TILE_N / 16; j++)
                mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2], b[j >> 1][(j & 1) * 2 + 1]);
    }
}

// Hands the sums of the whole tile to the epilogue, in the last block of a split one.
DEVICE void store_tile(Sums& sums, const Epilogue& epilogue, unsigned char* memory, float* partial, unsigned* counters) {
#if SPLIT > 1
    if (!join_parts(sums, partial, counters, memory)) return;
#endif
    const int first_m = (int)BLOCK.x * TILE_M + warp_row(), first_n = (int)BLOCK.y * TILE_N + warp_column(), lane = (int)threadIdx.x & 31;
    UNROLL for (int i = 0; i < TILE_M / 32; i++)
        UNROLL for (int half = 0; half < 2; half++) {
            const int m = first_m + i * 16 + half * 8 + (lane >> 2);
            if (m < GEMM_ROWS) {
                const int row = output_row(m);
                if (row < 0) continue;
                UNROLL for (int j = 0; j < TILE_N / 16; j++)
                    epilogue.put_two(row, first_n + j * 8 + (lane & 3) * 2, sums[i][j][half * 2], sums[i][j][half * 2 + 1]);
            }
        }
}
