// split.cuh: adds up what the blocks that share a tile have of the same sums. No include guard: every specialisation includes it after
// it has said what a thread has of a tile:
//   OWN_RUNS     runs of 8 sums;  OWN_THREADS  threads that have any, the first of the block; has_sums() whether this one has
// With SPLIT > 1 each block stores its sums in `partial`, SPLIT TILE_M TILE_N floats a tile, and the last to finish adds them in the order
// of the parts, so results are repeatable; `counters` holds a zero a tile, which is zero again afterwards.
#if SPLIT > 1
// Stores this block's sums; true in the block that is the last of its tile to do so, where they then are those of all parts.
DEVICE bool join_parts(float (&own)[OWN_RUNS][8], float* partial, unsigned* counters, unsigned char* memory) {
    const int row_tiles = (GEMM_ROWS + TILE_M - 1) / TILE_M, output_tiles = (OUT_CHANNELS + TILE_N - 1) / TILE_N;
    const int tile = (int)BLOCK.x + row_tiles * ((int)BLOCK.y + output_tiles * GEMM_PHASE), part = (int)BLOCK.z % SPLIT;
    float4* mine = (float4*)(partial + (size_t)tile * SPLIT * TILE_M * TILE_N) + threadIdx.x;
    if (has_sums())
        UNROLL for (int i = 0; i < OWN_RUNS * 2; i++) {
            const float* from = own[i >> 1] + (i & 1) * 4;
            mine[(part * OWN_RUNS * 2 + i) * OWN_THREADS] = make_float4(from[0], from[1], from[2], from[3]);
        }
    __threadfence();
    __syncthreads();
    unsigned* ticket = (unsigned*)memory;
    if (threadIdx.x == 0) *ticket = atomicAdd(counters + tile, 1u);
    __syncthreads();
    if (*ticket != SPLIT - 1) return false;
    __threadfence();
    if (threadIdx.x == 0) counters[tile] = 0u;
    if (!has_sums()) return false;
    UNROLL for (int i = 0; i < OWN_RUNS * 2; i++) {
        float* to = own[i >> 1] + (i & 1) * 4;
        to[0] = to[1] = to[2] = to[3] = 0.f;
        UNROLL for (int p = 0; p < SPLIT; p++) {
            const float4 more = load_from_l2(mine + (p * OWN_RUNS * 2 + i) * OWN_THREADS);
            to[0] += more.x, to[1] += more.y, to[2] += more.z, to[3] += more.w;
        }
    }
    return true;
}
#endif
