// spiralconv.cu: y[n, m, o] = activation(bias[o] + residual[n, m, o] + sum over l, c of x[n, index[m, l], c] w[o, l, c]): a matrix
// product whose rows are gathered while they are copied.
// Layouts: x rows of IN_PITCH elements, channels padded with zeros to 8 IN_CHUNKS / IN_PARTS, 16-byte aligned; index int [VERTICES_OUT][LENGTH],
// each below VERTICES_IN; weights [o][l][c padded] as gemm.cuh, IN_PARTS times
// for each l: what fp16 holds of them, and what it takes.
// Constants: IMAGES, VERTICES_IN, VERTICES_OUT, LENGTH, IN_PITCH, IN_CHUNKS, IN_PARTS, IN_TYPE, IN_WEIGHT, ENTRY; those of gemm.cuh and
// epilogue.cuh. Launch: as gemm.cuh.
#include "prelude.cuh"
#include "mma.cuh"
#include "elements.cuh"

#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * VERTICES_OUT)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS (LENGTH * IN_CHUNKS)

struct Row {
    const int* spiral; // the row's indices, or null beyond the last row
    int first;         // first vertex of the item
};

DEVICE Row make_row(int m, const int* index) {
    const int n = m / VERTICES_OUT;
    Row row = {m < GEMM_ROWS ? index + (m - n * VERTICES_OUT) * LENGTH : nullptr, n * VERTICES_IN};
    return row;
}

DEVICE bool find_source(const Row& row, int chunk, int& offset) {
    const int l = chunk / IN_CHUNKS;
    if (!row.spiral) return false;
    offset = (row.first + row.spiral[l]) * IN_PITCH + (chunk - l * IN_CHUNKS) % (IN_CHUNKS / IN_PARTS) * 8;
    return true;
}

DEVICE int output_row(int m) { return m; }

#include "gemm.cuh"

LARGE_KERNEL(GEMM_THREADS) ENTRY(const IN_TYPE* RESTRICT x, const IN_WEIGHT* RESTRICT weights, EPILOGUE_PARAMETERS,
                                 float* partial, unsigned* counters,
                                 const int* RESTRICT index) {
    SHARED_MEMORY(memory);
    const Epilogue epilogue = EPILOGUE;
    gemm(x, weights, index, epilogue, memory, partial, counters);
}
