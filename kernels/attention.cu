// attention.cu: softmax(q k^T SCALE) v, head by head; a warp a query, nothing but the result is written.
//   head h owns columns h HEAD .. (h + 1) HEAD - 1 of q [n, QUERIES], k and v [n, KEYS] and y
// Lanes share the keys while scores are computed, and the columns while values are summed.
// Layouts: rows of Q_PITCH, K_PITCH, V_PITCH, OUT_PITCH elements; columns of y from HEADS HEAD to STORED zeros.
// Constants: IMAGES, QUERIES, KEYS, HEADS, HEAD, SCALE, pitches, STORED, Q_TYPE, K_TYPE, V_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (QUERIES / 4 rounded up, HEADS, IMAGES), 128 threads, 16 (KEYS + HEAD) bytes of dynamic shared memory.
#include "prelude.cuh"

KERNEL(128) ENTRY(const Q_TYPE* RESTRICT q, const K_TYPE* RESTRICT k, const V_TYPE* RESTRICT v, OUT_TYPE* RESTRICT y) {
    SHARED_MEMORY(memory);
    const int warp = (int)(threadIdx.x >> 5), lane = (int)(threadIdx.x & 31), head = (int)BLOCK.y, n = (int)BLOCK.z;
    const int query = (int)BLOCK.x * 4 + warp;
    if (query >= QUERIES) return;
    take_turn();
    float* weights = (float*)memory + warp * (KEYS + HEAD);
    float* own = weights + KEYS;
    for (int c = lane; c < HEAD; c += 32) own[c] = load_float(q + ((n * QUERIES + query) * Q_PITCH + head * HEAD + c)) * SCALE;
    __syncwarp();
    float highest = -infinity();
    for (int j = lane; j < KEYS; j += 32) {
        const K_TYPE* key = k + ((n * KEYS + j) * K_PITCH + head * HEAD);
        float score = 0.f;
        for (int c = 0; c < HEAD; c++) score = fmaf(own[c], load_float(key + c), score);
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
