// elements.cu: element-wise arithmetic with broadcasting, then an activation.
//   OPERATION 0: a + b  1: a - b  2: a b  3: a / b  4: a scale[c] + shift[c]  5: a
// Element (i0, i1, i2, c) of y, c its channel, reads a at i0 A0 + i1 A1 + i2 A2 + c A3 and b likewise; a stride of 0 broadcasts.
// scale, shift and slope hold one float a channel. Channels of y from CHANNELS up to STORED are zeros.
// WIDE 1: a thread computes 8 channels; a (and b) have A3 = 1 or 0 (B3 likewise), and what has 1 is aligned to 16 bytes with strides
// that are multiples of 8, as y is. WIDE 0: one channel.
// Constants: E0, E1, E2, CHANNELS, STORED, Y0..Y2, A0..A3, B0..B3, A_TYPE, B_TYPE, OUT_TYPE, OPERATION, ACTIVATION, ACTIVATION_A,
// ACTIVATION_B, WIDE, ENTRY.
// Launch: grid (E0 E1 E2 STORED / (WIDE ? 8 : 1) / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"

DEVICE float combine(float a, float b, int channel, const float* scale, const float* shift, const float* slope) {
    if (channel >= CHANNELS) return 0.f;
    const float v = OPERATION == 0   ? a + b
                    : OPERATION == 1 ? a - b
                    : OPERATION == 2 ? a * b
                    : OPERATION == 3 ? a / b
                    : OPERATION == 4 ? fmaf(a, scale[channel], shift[channel])
                                     : a;
    return activate<ACTIVATION>(v, ACTIVATION_A, ACTIVATION_B, ACTIVATION == ACTIVATION_PRELU ? slope[channel] : 0.f);
}

template <int stride, typename T>
DEVICE void load_operand(const T* from, float (&values)[8]) {
    if (stride == 1) {
        load_run(from, values);
    } else {
        const float value = load_float(from);
        UNROLL for (int i = 0; i < 8; i++) values[i] = value;
    }
}

KERNEL(128) ENTRY(const A_TYPE* RESTRICT a, const B_TYPE* RESTRICT b, OUT_TYPE* RESTRICT y,
                  const float* RESTRICT scale, const float* RESTRICT shift, const float* RESTRICT slope) {
    const int parts = WIDE ? STORED / 8 : STORED;
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / parts, part = thread - row * parts;
    if (row >= E0 * E1 * E2) return;
    wait_for_predecessor_and_release();
    const int i01 = row / E2, i2 = row - i01 * E2, i0 = i01 / E1, i1 = i01 - i0 * E1, channel = WIDE ? part * 8 : part;
    a += i0 * A0 + i1 * A1 + i2 * A2 + channel * A3;
    b += i0 * B0 + i1 * B1 + i2 * B2 + channel * B3;
    y += i0 * Y0 + i1 * Y1 + i2 * Y2 + channel;
#if WIDE
    float left[8], right[8] = {0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f}, values[8];
    load_operand<A3>(a, left);
    if (OPERATION < 4) load_operand<B3>(b, right);
    UNROLL for (int i = 0; i < 8; i++) values[i] = combine(left[i], right[i], channel + i, scale, shift, slope);
    store_run(y, values);
#else
    float value = 0.f;
    if (channel < CHANNELS) value = combine(load_float(a), OPERATION < 4 ? load_float(b) : 0.f, channel, scale, shift, slope);
    store_float(y, value);
#endif
}
