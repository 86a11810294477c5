// move.cu: copies values between layouts and types: transpositions, reshapes, slices, parts of concatenations, conversions,
// inputs and results of the caller.
// Element (i0, i1, i2, i3) of the target, i3 along its channels, is element BASE + i0 F0 + i1 F1 + i2 F2 + i3 F3 of the source in
// row-major order of the source's axes D0 x D1 x D2 x D3; that one lies at j0 S0 + j1 S1 + j2 S2 + j3 S3.
// Target channels from E3 up to STORED are zeros.
// Constants: E0..E3, STORED, T0..T2 (target strides; channels lie side by side unless T3 says otherwise), T3, F0..F3, BASE, D1..D3,
// S0..S3, IN_TYPE, IN_LOW (0; or x is split, epilogue.cuh), OUT_TYPE, OUT_LOW, ENTRY.
// Launch: grid (E0 E1 E2 STORED / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, OUT_TYPE* RESTRICT y) {
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x);
    if (thread >= E0 * E1 * E2 * STORED) return;
    wait_for_predecessor_and_release();
    const int row = thread / STORED, i3 = thread - row * STORED, i01 = row / E2, i2 = row - i01 * E2, i0 = i01 / E1, i1 = i01 - i0 * E1;
    float value = 0.f;
    if (i3 < E3) {
        const int from = BASE + i0 * F0 + i1 * F1 + i2 * F2 + i3 * F3;
        const int j012 = from / D3, j3 = from - j012 * D3, j01 = j012 / D2, j2 = j012 - j01 * D2, j0 = j01 / D1, j1 = j01 - j0 * D1;
        x += j0 * S0 + j1 * S1 + j2 * S2 + j3 * S3;
        value = load_float(x) + (IN_LOW ? load_float(x + IN_LOW) : 0.f);
    }
    y += i0 * T0 + i1 * T1 + i2 * T2 + i3 * T3;
    store_float(y, value);
    if (OUT_LOW) store_float(y + OUT_LOW, rounding_of(value));
}
