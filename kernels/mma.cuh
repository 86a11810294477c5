// mma.cuh: tensor cores through mma.sync: fp16 operands, fp32 accumulators. All lanes of the warp take part in every call.
// One PTX instruction a function; sm_75 has only the half as deep product.
//
// Fragments, g = lane / 4 and t = lane % 4; a register holds two neighbouring halves, the first one low:
//   A 16x16 row major: a[0] (row g, k 2t)  a[1] (row g + 8, k 2t)  a[2] (row g, k 2t + 8)  a[3] (row g + 8, k 2t + 8)
//   B 16x8 (k x n):    b[0] (k 2t, n g)    b[1] (k 2t + 8, n g)
//   D 16x8:            d[0], d[1] (row g, n 2t and 2t + 1)  d[2], d[3] (row g + 8, the same n)
#pragma once
#include "prelude.cuh"

// Four 8x8 tiles of halves: lane i gives the address of row i % 8 of tile i / 8 (16 bytes, 16-byte aligned), and r[j] gets
// this lane's pair of tile j. Rows that all lie in different banks cost no conflict.
DEVICE void load_matrix_x4(unsigned (&r)[4], unsigned shared) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(shared) : "memory");
}

// Two tiles: lanes 0 to 15 give the addresses, and those of the others must be valid too.
DEVICE void load_matrix_x2(unsigned (&r)[2], unsigned shared) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.shared.b16 {%0, %1}, [%2];" : "=r"(r[0]), "=r"(r[1]) : "r"(shared) : "memory");
}

// As load_matrix_x4, each tile transposed: for a B that lies k by n.
DEVICE void load_matrix_x4_transposed(unsigned (&r)[4], unsigned shared) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(shared) : "memory");
}

// d (16x8) += a (16x8) * b (8x8).
DEVICE void mma_16x8x8(float (&d)[4], unsigned a0, unsigned a1, unsigned b) {
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%0, %1, %2, %3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]) : "r"(a0), "r"(a1), "r"(b));
}

// d (16x8) += a (16x16) * b (16x8).
DEVICE void mma_16x8x16(float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
#if __CUDA_ARCH__ >= 800
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]) : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#else
    mma_16x8x8(d, a[0], a[1], b0);
    mma_16x8x8(d, a[2], a[3], b1);
#endif
}
