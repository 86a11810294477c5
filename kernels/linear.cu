// linear.cu: y[r, o] = activation(bias[o] + residual[r, o] + sum over k of x[r, k] w[o, k]).
// VARIANT_ROWS 0: tiles as gemm.cuh, for many rows. Layouts: x rows of IN_PITCH elements, k padded with zeros to 8 IN_CHUNKS,
// 16-byte aligned; weights as gemm.cuh. Launch: as gemm.cuh.
// VARIANT_ROWS n > 0: a warp an output, for n = ROWS <= 4 rows, where the weights are all that moves. Weights [o][8 IN_CHUNKS] of
// IN_WEIGHT, 16-byte aligned. Launch: grid (outputs / 4 rounded up), 128 threads, no shared memory.
// Constants: ROWS, IN_PITCH, IN_CHUNKS, IN_TYPE, IN_WEIGHT, VARIANT_ROWS, ENTRY; those of gemm.cuh and epilogue.cuh.
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
    offset = row.start + chunk * 8;
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

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS) {
    const Epilogue epilogue = EPILOGUE;
    const int output = (int)(BLOCK.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (output >= OUT_STORED) return;
    take_turn();
    float sums[VARIANT_ROWS];
    UNROLL for (int r = 0; r < VARIANT_ROWS; r++) sums[r] = 0.f;
    if (output < OUT_CHANNELS)
        for (int chunk = lane; chunk < IN_CHUNKS; chunk += 32) {
            float taps[8];
            load_run(weights + (output * IN_CHUNKS + chunk) * 8, taps);
            UNROLL for (int r = 0; r < VARIANT_ROWS; r++) {
                float values[8];
                load_run(x + r * IN_PITCH + chunk * 8, values);
                UNROLL for (int i = 0; i < 8; i++) sums[r] = fmaf(values[i], taps[i], sums[r]);
            }
        }
    UNROLL for (int r = 0; r < VARIANT_ROWS; r++) {
        const float sum = warp_sum(sums[r]);
        if (lane == 0) epilogue.put(r, output, sum);
    }
}

#endif
