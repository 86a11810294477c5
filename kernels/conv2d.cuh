// conv2d.cuh: where the rows of a convolution's product come from, for gemm.cuh; the constants are those of conv2d.cu. No include guard:
// every specialisation includes it.
#undef GEMM_ROWS
#define GEMM_ROWS (IMAGES * OUT_HEIGHT * OUT_WIDTH)
#undef GEMM_CHUNKS
#define GEMM_CHUNKS (KERNEL_H * KERNEL_W * IN_CHUNKS)

struct Row {
    int start, y, x; // tap (0, 0): its first element, its position; beyond the last row above the image
};

DEVICE Row make_row(int m, const int*) {
    Row row;
    const int n = m / (OUT_HEIGHT * OUT_WIDTH), pixel = m - n * (OUT_HEIGHT * OUT_WIDTH), y = pixel / OUT_WIDTH;
    row.y = m < GEMM_ROWS ? y * STRIDE - PAD_TOP : -IN_HEIGHT - KERNEL_H * DILATION;
    row.x = (pixel - y * OUT_WIDTH) * STRIDE - PAD_LEFT;
    row.start = ((n * IN_HEIGHT + row.y) * IN_WIDTH + row.x) * IN_PITCH;
    return row;
}

DEVICE bool find_source(const Row& row, int chunk, int& offset) {
    const int tap = chunk / IN_CHUNKS, ky = tap / KERNEL_W, y = ky * DILATION, x = (tap - ky * KERNEL_W) * DILATION;
    const int group = chunk - tap * IN_CHUNKS, part = IN_PARTS == 1 ? 0 : group / (IN_CHUNKS / IN_PARTS);
    offset = row.start + ((y * IN_WIDTH + x) * IN_PITCH + (group - part * (IN_CHUNKS / IN_PARTS)) * 8 + (part == 1 ? IN_LOW : 0));
    if (KERNEL_H * KERNEL_W == 1 && PAD_TOP == 0 && PAD_LEFT == 0) return row.y >= 0; // no tap lies outside
    return (unsigned)(row.y + y) < (unsigned)IN_HEIGHT && (unsigned)(row.x + x) < (unsigned)IN_WIDTH;
}

DEVICE int output_row(int m) { return m; }
