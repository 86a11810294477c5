// attention.cu: softmax(q k^T SCALE) v, head by head; a warp a query, nothing but the result is written.
//   head h owns columns h HEAD .. (h + 1) HEAD - 1 of q [n, QUERIES], k and v [n, KEYS] and y
// Lanes share the keys while scores are computed, KEY_RUN columns at a time, and the columns while values are summed.
// Layouts: rows of Q_PITCH, K_PITCH, V_PITCH, OUT_PITCH elements; columns of y from HEADS HEAD to STORED zeros.
// Constants: IMAGES, QUERIES, KEYS, HEADS, HEAD, SCALE, pitches, KEY_RUN (8, 4, 2 or 1: address and K_PITCH of k, and HEAD, are
// multiples of it), STORED, Q_TYPE, K_TYPE, V_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (QUERIES / 4 rounded up, HEADS, IMAGES), 128 threads, 16 WARP_FLOATS bytes of dynamic shared memory.
#include "prelude.cuh"
#include "elements.cuh"

// Both arrays of a warp end with zeros up to a multiple of 4: the compiler may read three neighbours as four.
#undef OWN_FLOATS
#undef WARP_FLOATS
#define OWN_FLOATS ((HEAD + 3) / 4 * 4)
#define WARP_FLOATS (OWN_FLOATS + (KEYS + 3) / 4 * 4)

KERNEL(128) ENTRY(const Q_TYPE* RESTRICT q, const K_TYPE* RESTRICT k, const V_TYPE* RESTRICT v, OUT_TYPE* RESTRICT y) {
    SHARED_MEMORY(memory);
    const int warp = (int)(threadIdx.x >> 5), lane = (int)(threadIdx.x & 31), head = (int)BLOCK.y, n = (int)BLOCK.z;
    const int query = (int)BLOCK.x * 4 + warp;
    if (query >= QUERIES) return;
    wait_for_predecessor_and_release();
    float* own = (float*)memory + warp * WARP_FLOATS;
    float* weights = own + OWN_FLOATS;
    const Q_TYPE* from = q + ((n * QUERIES + query) * Q_PITCH + head * HEAD);
    for (int c = lane; c < OWN_FLOATS; c += 32) own[c] = c < HEAD ? load_float(from + c) * SCALE : 0.f;
    if (lane < WARP_FLOATS - OWN_FLOATS - KEYS) weights[KEYS + lane] = 0.f;
    __syncwarp();
    float highest = -infinity();
    for (int j = lane; j < KEYS; j += 32) {
        const K_TYPE* key = k + ((n * KEYS + j) * K_PITCH + head * HEAD);
        float score = 0.f;
        for (int c = 0; c < HEAD; c += KEY_RUN) {
            float a[KEY_RUN], b[KEY_RUN];
            load_run(own + c, a);
            load_run(key + c, b);
            UNROLL for (int i = 0; i < KEY_RUN; i++) score = fmaf(a[i], b[i], score);
        }
        weights[j] = score;
        highest = fmaxf(highest, score);
    }
    highest = warp_max(highest);
    float sum = 0.f;
    for (int j = lane; j < KEYS; j += 32) {
        const float e = expf(weights[j] - highest);
        weights[j] = e;
        sum += e;
    }
    sum = warp_sum(sum);
    __syncwarp();
    OUT_TYPE* to = y + ((n * QUERIES + query) * OUT_PITCH);
    for (int c = lane; c < HEAD; c += 32) {
        float value = 0.f;
        for (int j = 0; j < KEYS; j++) value = fmaf(weights[j], load_float(v + ((n * KEYS + j) * V_PITCH + head * HEAD + c)), value);
        store_float(to + head * HEAD + c, value / sum);
    }
    if (head == 0 && lane < STORED - HEADS * HEAD) store_float(to + HEADS * HEAD + lane, 0.f);
}
