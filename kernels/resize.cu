// resize.cu: resamples maps; a thread computes 8 channels of one pixel.
//   MODE 0 nearest: x[floor(i IN / OUT)]   1 bilinear: source = (i + 0.5) IN / OUT - 0.5, at least 0   2 bilinear with aligned
//   corners: source = i (IN - 1) / (OUT - 1). Positions are exact fractions of whole numbers; the second tap stays inside the map.
// Layouts: maps NHWC, aligned to 16 bytes, pitches multiples of 8.
// Constants: IMAGES, IN_HEIGHT, IN_WIDTH, IN_PITCH, OUT_HEIGHT, OUT_WIDTH, PARTS (channels / 8), MODE, IN_TYPE, IN_LOW (0; or
// x is split), ENTRY; those of epilogue.cuh.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH PARTS / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"
#include "epilogue.cuh"

struct Taps {
    int first, second;
    float fraction;
};

template <int from, int to>
DEVICE Taps taps_of(int i) {
    Taps taps = {0, 0, 0.f};
    if (MODE == 0) {
        taps.first = taps.second = i * from / to;
        return taps;
    }
    const int over = MODE == 2 ? i * (from - 1) : max((2 * i + 1) * from - to, 0);
    const int under = MODE == 2 ? (to > 1 ? to - 1 : 1) : 2 * to;
    taps.first = to > 1 || MODE == 1 ? min(over / under, from - 1) : 0;
    taps.second = min(taps.first + 1, from - 1);
    taps.fraction = (float)(over - over / under * under) / (float)under;
    return taps;
}

KERNEL(128) ENTRY(const IN_TYPE* RESTRICT x, EPILOGUE_PARAMETERS) {
    const Epilogue epilogue = EPILOGUE;
    const int thread = (int)(BLOCK.x * 128 + threadIdx.x), row = thread / PARTS, part = thread - row * PARTS;
    if (row >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int n = row / (OUT_HEIGHT * OUT_WIDTH), pixel = row - n * (OUT_HEIGHT * OUT_WIDTH), oy = pixel / OUT_WIDTH;
    const Taps v = taps_of<IN_HEIGHT, OUT_HEIGHT>(oy), h = taps_of<IN_WIDTH, OUT_WIDTH>(pixel - oy * OUT_WIDTH);
    const IN_TYPE* top = x + (n * IN_HEIGHT + v.first) * IN_WIDTH * IN_PITCH + part * 8;
    float results[8];
    load_run_of<IN_LOW>(top + h.first * IN_PITCH, results);
    if (MODE != 0) {
        const IN_TYPE* bottom = x + (n * IN_HEIGHT + v.second) * IN_WIDTH * IN_PITCH + part * 8;
        float right[8], low_left[8], low_right[8];
        load_run_of<IN_LOW>(top + h.second * IN_PITCH, right);
        load_run_of<IN_LOW>(bottom + h.first * IN_PITCH, low_left);
        load_run_of<IN_LOW>(bottom + h.second * IN_PITCH, low_right);
        UNROLL for (int i = 0; i < 8; i++) {
            const float upper = results[i] + h.fraction * (right[i] - results[i]);
            const float lower = low_left[i] + h.fraction * (low_right[i] - low_left[i]);
            results[i] = upper + v.fraction * (lower - upper);
        }
    }
    epilogue.put(row, part * 8, results);
}
