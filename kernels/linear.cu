// linear.cu: y[r, o] = activation(bias[o] + residual[r, o] + sum over k of x[r, k] w[o, k]).
// VARIANT_ROWS 0: tiles as gemm.cuh, for many rows. Layouts: x rows of IN_PITCH elements, k padded with zeros to 8 IN_CHUNKS / IN_PARTS,
// 16-byte aligned; weights as gemm.cuh, IN_PARTS times: what fp16 holds of them, and what it takes. Launch: as gemm.cuh.
// VARIANT_ROWS n > 0: for n = ROWS <= 4 rows, where the weights are all that moves: LANES neighbouring threads, 1 to 128, share OUTPUTS
// outputs and combine their sums in a fixed order. Weights [o][8 IN_CHUNKS] of IN_WEIGHT, 16-byte aligned, zeros up to a multiple of
// OUTPUTS 128 / LANES outputs. Launch: a block for as many outputs, 128 threads, 16 OUTPUTS ROWS bytes of dynamic shared memory where
// LANES > 32.
// Constants: ROWS, IN_PITCH, IN_CHUNKS, IN_PARTS, IN_TYPE, IN_WEIGHT, VARIANT_ROWS, LANES, OUTPUTS, ENTRY; those of gemm.cuh and epilogue.cuh.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#undef GEMM_ROWS
#define GEMM_ROWS ROWS
#undef GEMM_CHUNKS
#define GEMM_CHUNKS IN_CHUNKS

#if VARIANT_ROWS == 0

struct Row {
    int start; // first element, or -1 beyond the last row
};

DEVICE Row make_row(int m, const int*) {
    Row row = {m < ROWS ? m * IN_PITCH : -1};
    return row;
}

DEVICE bool find_source(const Row& row, int chunk, int& offset) {
    offset = row.start + chunk % (IN_CHUNKS / IN_PARTS) * 8;
    return row.start >= 0;
}
DEVICE int output_row(int m) { return m; }

#include "gemm.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                                 float* partial, unsigned* counters) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights, nullptr, epilogue, memory, partial, counters);
}

#else

#include "epilogue.cuh"

// Eight weights of one output, those of the first chunk on their way before the predecessor is done.
struct Taps {
    unsigned words[2 * sizeof(IN_WEIGHT)];

    MEMBER void load(const IN_WEIGHT* from) {
        UNROLL for (int i = 0; i < (int)sizeof(IN_WEIGHT) / 2; i++) load_constant_16(*(unsigned(*)[4])(words + 4 * i), from + i * 4);
    }

    MEMBER void unpack(float (&values)[8]) const {
        if constexpr (sizeof(IN_WEIGHT) == 2) {
            UNROLL for (int i = 0; i < 4; i++) values[2 * i] = low_half(words[i]), values[2 * i + 1] = high_half(words[i]);
        } else {
            UNROLL for (int i = 0; i < 8; i++) values[i] = __int_as_float((int)words[i]);
        }
    }
};

// The sum of all lanes that share it, in each of them.
DEVICE float sum_of_lanes(float sum, float* own_warps) {
    UNROLL for (int other = LANES < 32 ? LANES / 2 : 16; other > 0; other >>= 1) sum += __shfl_xor_sync(FULL_WARP, sum, other);
    if (LANES <= 32) return sum;
    const int warp = (int)(threadIdx.x >> 5), first = warp / (LANES / 32) * (LANES / 32);
    if ((threadIdx.x & 31) == 0) own_warps[warp] = sum;
    __syncthreads();
    sum = own_warps[first];
    UNROLL for (int i = 1; i < LANES / 32; i++) sum += own_warps[first + i];
    return sum;
}

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    const int lane = (int)threadIdx.x % LANES, first = (int)(BLOCK.x * (128 / LANES) + threadIdx.x / LANES) * OUTPUTS;
    Taps next[OUTPUTS];
    if (lane < IN_CHUNKS) UNROLL for (int o = 0; o < OUTPUTS; o++) next[o].load(weights + ((first + o) * IN_CHUNKS + lane) * 8);
    wait_for_predecessor_and_release();
    float sums[OUTPUTS][VARIANT_ROWS];
    UNROLL for (int o = 0; o < OUTPUTS; o++)
        UNROLL for (int r = 0; r < VARIANT_ROWS; r++) sums[o][r] = 0.f;
    for (int chunk = lane; chunk < IN_CHUNKS; chunk += LANES) {
        float taps[OUTPUTS][8], values[8];
        UNROLL for (int o = 0; o < OUTPUTS; o++) next[o].unpack(taps[o]);
        if (chunk + LANES < IN_CHUNKS)
            UNROLL for (int o = 0; o < OUTPUTS; o++) next[o].load(weights + ((first + o) * IN_CHUNKS + chunk + LANES) * 8);
        UNROLL for (int r = 0; r < VARIANT_ROWS; r++) {
            load_run(x + r * IN_PITCH + chunk * 8, values);
            UNROLL for (int o = 0; o < OUTPUTS; o++)
                UNROLL for (int i = 0; i < 8; i++) sums[o][r] = fmaf(values[i], taps[o][i], sums[o][r]);
        }
    }
    UNROLL for (int o = 0; o < OUTPUTS; o++)
        UNROLL for (int r = 0; r < VARIANT_ROWS; r++) {
            const float sum = sum_of_lanes(sums[o][r], (float*)memory + (o * VARIANT_ROWS + r) * 4);
            if (lane == 0) epilogue.put(r, first + o, sum);
        }
}

#endif
