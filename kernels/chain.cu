// chain.cu: one link of a chain: a convolution, or a 1x1 convolution of what the link before it kept. The launch of a chain calls its
// links one after the other (Plan/ProgramWriter.cs): a block makes all channels of its TILE_M pixels, link by link, as in the residual
// blocks of a network; what lies between stays in shared memory, and is stored only where others read it too.
//   READS_MAP 1, the first link: conv2d.cu's formula
//   READS_MAP 0, any other: y[m, o] = activation(bias[o] + residual[m, o] + sum over c of kept[m, c] w[o, c])
// What a link keeps for the next is the last that its epilogue makes of y, in fp16: a tile of TILE_M rows for every 32 channels, as
// tile.cuh reads it, and zeros in the rows and channels that there are not.
// Constants: READS_MAP; those of conv2d.cu, or LINK_ROWS, LINK_CHUNKS (channels kept / 8, rounded up) and FROM, the byte of shared memory
// where they lie; KEEP, where the link's own go, or -1; PASSES, so that it has up to PASSES TILE_N outputs; MMA and SPLIT 1; STAGES; those
// of gemm.cuh and epilogue.cuh.
// Launch: grid (rows / TILE_M) rounded up, GEMM_THREADS threads. A link's tiles (TILE_M PASSES TILE_N halves) lie where neither those of
// the link before lie nor, of the first, its STAGES ROUND_BYTES (16 KB at least where WARPS_K > 1), which start at 0.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#if READS_MAP
#include "conv2d.cuh"
#include "gemm.cuh"
#else
#undef GEMM_ROWS
#define GEMM_ROWS LINK_ROWS
#undef GEMM_CHUNKS
#define GEMM_CHUNKS LINK_CHUNKS
#undef GEMM_PHASE
#define GEMM_PHASE 0
DEVICE int output_row(int m) { return m; }
#include "epilogue.cuh"
#undef WARPS_K
#define WARPS_K 1
#include "tile.cuh"
#undef AHEAD
#define AHEAD (STAGES - 1)
#endif
#undef PASS_WEIGHTS
#define PASS_WEIGHTS (WARPS_N * STEPS * 1024)

// Where eight channels of a row of the block are kept.
DEVICE half_t* kept(unsigned char* memory, int row, int chunk) {
    return (half_t*)(memory + KEEP + (chunk >> 2) * (TILE_M * 64) + swizzled(row, chunk & 3));
}

// The epilogue of one pass, and what it leaves.
struct Keeper {
    const Epilogue& epilogue;
    unsigned char* memory;
    int first; // output of the pass

    MEMBER bool takes(int channel) const { return KEEP >= 0 || epilogue.takes(first + channel); }

    MEMBER void add(int row, int channel, float (&values)[8]) const { epilogue.add(row, first + channel, values); }

    MEMBER void store(int row, int channel, float (&values)[8]) const {
        epilogue.store(row, first + channel, values);
        if (KEEP >= 0) store_run(kept(memory, row - (int)BLOCK.x * TILE_M, (first + channel) >> 3), values);
    }
};

// The rows beyond the last, which no pass stores.
DEVICE void keep_zeros(unsigned char* memory) {
    if (KEEP < 0 || GEMM_ROWS % TILE_M == 0) return;
    const float zeros[8] = {};
    const int first = min(GEMM_ROWS - (int)BLOCK.x * TILE_M, TILE_M);
    for (int chunk = 0; chunk < PASSES * TILE_N / 8; chunk += 4)
        for (int i = first * 4 + (int)threadIdx.x; i < TILE_M * 4; i += GEMM_THREADS) store_run(kept(memory, i >> 2, chunk + (i & 3)), zeros);
}

#if READS_MAP

// `next` asks for the next link's first weights, which then arrive while this one stores.
template <typename Next>
DEVICE void link(const IN_TYPE* x, const half_t* weights, EPILOGUE_PARAMETERS, unsigned char* memory, const Next& next) {
    const Epilogue epilogue = EPILOGUE;
    keep_zeros(memory);
    for (int pass = 0; pass < PASSES; pass++) {
        if (pass > 0) __syncthreads(); // until then the others may multiply
        Sums sums;
        sum_products(sums, x, weights + pass * PASS_WEIGHTS, nullptr, memory);
        if (pass + 1 == PASSES) next();
        store_tile(sums, Keeper{epilogue, memory, pass * TILE_N}, memory, nullptr, nullptr);
    }
}

#else

typedef Weights First[AHEAD]; // of the first steps of a pass

DEVICE void ask(First& w, const half_t* weights) {
    const half_t* own = own_weights(weights);
    UNROLL for (int step = 0; step < AHEAD; step++)
        if (step < STEPS) load_weights(w[step], own, step);
}

template <typename Next>
DEVICE void link(const half_t* weights, EPILOGUE_PARAMETERS, First& w, unsigned char* memory, const Next& next) {
    const Epilogue epilogue = EPILOGUE;
    const unsigned from = shared_address(memory) + FROM;
    __syncthreads();
    keep_zeros(memory);
    for (int pass = 0; pass < PASSES; pass++, weights += PASS_WEIGHTS) {
        const half_t* own = own_weights(weights);
        Sums sums;
        clear(sums);
        for (int start = 0; start < STEPS; start += AHEAD)
            UNROLL for (int i = 0; i < AHEAD; i++) { // registers have no index at run time
                const int step = start + i;
                if (step >= STEPS) break;
                multiply_step(sums, from + step * (TILE_M * 64), w[i]);
                if (step + AHEAD < STEPS) load_weights(w[i], own, step + AHEAD);
            }
        if (pass + 1 < PASSES)
            ask(w, weights + PASS_WEIGHTS);
        else
            next();
        store_tile(sums, Keeper{epilogue, memory, pass * TILE_N}, memory, nullptr, nullptr);
    }
}

#endif
