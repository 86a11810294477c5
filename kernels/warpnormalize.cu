// warpnormalize.cu: frame to network input; a thread computes the three channels of one output pixel.
//   y[n, row, column, c] = sample_c(M_n (column, row, 1)) SCALE_c + OFFSET_c, channel 0 of y blue if SWAP
//   SAMPLING 0: exact bilinear taps   1: OpenCV's warpAffine (positions in 1/32 pixel, 15-bit weights, rounded to 8 bits)
//   2: OpenCV's resize of a crop (11-bit weights, rounded to 8 bits)
//   REPLICATE 1: tap indices are clamped to the image; 0: a tap outside counts zero.
// M ends in pixels of the upright image, or with a lens in rays of the upright camera; then all samplings are bilinear, 1 and 2 rounded.
// Formats, orientation and lenses are those of docs/frames.md and docs/cameras.md, read from `image` at run time: one kernel for all.
// Positions are computed in fp64: in fp32 they would be off by 1e-3 pixels in a large image, and OpenCV's modes want its roundings.
// FROM_MAP 0: source is the image of the run, described by `image`; 1: a map NHWC [1 or n, MAP_HEIGHT, MAP_WIDTH, MAP_PITCH].
// matrices: double [n, 3, 3] row-major. y: NHWC, OUT_PITCH elements a pixel, channels from 3 to 7 zeros, 16-byte aligned.
// Constants: IMAGES, OUT_HEIGHT, OUT_WIDTH, OUT_PITCH, SAMPLING, REPLICATE, SWAP, SCALE_0..2, OFFSET_0..2, FROM_MAP, MAP_IMAGES, MAP_HEIGHT,
// MAP_WIDTH, MAP_PITCH, MAP_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"

enum { COLOUR, GRAY, YUV };
enum { NO_LENS, PINHOLE, BROWN, MODIFIED, FISHEYE, FIELD_OF_VIEW, OMNIDIRECTIONAL, DOUBLE_SPHERE, EXTENDED };

// Written by the host before each run. Samples are R G B, or Y Cb Cr, or one brightness.
struct Image {
    const unsigned char* samples[3]; // of the top left pixel
    int rows[3], steps[3];           // bytes from row to row, and along a row
    int kind, sample_bytes, shift_x, shift_y; // shifts: pixels that share a chroma sample
    int width, height, upright_width, upright_height;
    int xu, xv, x0, yu, yv, y0;      // upright to stored pixels
    float unit, scale, zero, red_cr, green_cb, green_cr, blue_cb, chroma_x, chroma_y;
    int lens;
    double fx, fy, cx, cy, limit;
    double numbers[24];              // k1 k2 p1 p2 k3 k4 k5 k6 s1 s2 s3 s4 (fisheye: k1 k2 k3 k4), two of the model, is there a tilt, its matrix
};

// Beyond this nothing lies in an image; keeps far and unordered positions inside an int.
DEVICE double bounded(double position) { return fmin(fmax(position, -1e6), 1e6); }

#if FROM_MAP
struct Source {
    const MAP_TYPE* pixels;
    static const int width = MAP_WIDTH, height = MAP_HEIGHT;
    MEMBER float get(int channel, int x, int y) const { return load_float(pixels + ((y * MAP_WIDTH + x) * MAP_PITCH + channel)); }

    // The position may be any whole number that fits an int.
    MEMBER float tap(int channel, int x, int y) const {
        if (REPLICATE) x = min(max(x, 0), width - 1), y = min(max(y, 0), height - 1);
        return (unsigned)x < (unsigned)width && (unsigned)y < (unsigned)height ? get(channel, x, y) : 0.f;
    }
};

DEVICE void sample_bilinear(const Source& source, double x, double y, float (&values)[3]) {
    const int x0 = (int)floor(x), y0 = (int)floor(y);
    const float fx = (float)(x - x0), fy = (float)(y - y0);
    UNROLL for (int c = 0; c < 3; c++) {
        const float upper = (1.f - fx) * source.tap(c, x0, y0) + fx * source.tap(c, x0 + 1, y0);
        const float lower = (1.f - fx) * source.tap(c, x0, y0 + 1) + fx * source.tap(c, x0 + 1, y0 + 1);
        values[c] = (1.f - fy) * upper + fy * lower;
    }
}
#else
struct Source {
    const Image* image;

    MEMBER float sample(int index, int x, int y) const {
        const unsigned char* at = image->samples[index] + ((size_t)y * image->rows[index] + x * image->steps[index]);
        return image->sample_bytes == 1 ? (float)at[0] : (float)(at[0] | at[1] << 8);
    }

    // Y, Cb, Cr of which a share lies inside the frame, as one channel: black outside.
    MEMBER float colour(int channel, float luma, float blue, float red, float inside) const {
        const float cb = inside * (blue * image->unit - 128.f), cr = inside * (red * image->unit - 128.f);
        const float chroma = channel == 0 ? image->red_cr * cr : channel == 1 ? image->green_cb * cb + image->green_cr * cr : image->blue_cb * cb;
        return fminf(fmaxf(image->scale * (luma * image->unit - inside * image->zero) + chroma, 0.f), 255.f * inside);
    }

    // A stored pixel inside the frame, chroma of its own block.
    MEMBER float get(int channel, int x, int y) const {
        if (image->kind == COLOUR) return sample(channel, x, y);
        const float first = sample(0, x, y);
        if (image->kind == GRAY) return fminf(fmaxf((first - image->zero) * image->scale, 0.f), 255.f);
        const int cx = x >> image->shift_x, cy = y >> image->shift_y;
        return colour(channel, first, sample(1, cx, cy), sample(2, cx, cy), 1.f);
    }

    MEMBER float stored_tap(int channel, int x, int y) const {
        if (REPLICATE) x = min(max(x, 0), image->width - 1), y = min(max(y, 0), image->height - 1);
        return (unsigned)x < (unsigned)image->width && (unsigned)y < (unsigned)image->height ? get(channel, x, y) : 0.f;
    }

    // An upright pixel rounded to 8 bits, for OpenCV's samplings.
    MEMBER float tap(int channel, int u, int v) const {
        if (REPLICATE) u = min(max(u, 0), image->upright_width - 1), v = min(max(v, 0), image->upright_height - 1);
        if ((unsigned)u >= (unsigned)image->upright_width || (unsigned)v >= (unsigned)image->upright_height) return 0.f;
        const int x = image->xu * u + image->xv * v + image->x0, y = image->yu * u + image->yv * v + image->y0;
        if (image->kind == COLOUR) return (float)image->samples[channel][(long long)y * image->rows[0] + x * image->steps[0]];
        return floorf(get(channel, x, y) + 0.5f);
    }

    // Four samples of one plane, mixed; taps outside count zero unless they are clamped.
    MEMBER float mix(int index, double x, double y, int width, int height, bool clamps) const {
        const int x0 = (int)floor(x), y0 = (int)floor(y);
        const float fx = (float)(x - x0), fy = (float)(y - y0);
        float sum = 0.f;
        UNROLL for (int i = 0; i < 4; i++) {
            const int column = x0 + (i & 1), row = y0 + (i >> 1);
            const bool inside = (unsigned)column < (unsigned)width && (unsigned)row < (unsigned)height;
            const float weight = ((i & 1) ? fx : 1.f - fx) * ((i >> 1) ? fy : 1.f - fy);
            if (inside || clamps) sum += weight * sample(index, min(max(column, 0), width - 1), min(max(row, 0), height - 1));
        }
        return sum;
    }
};

// At a stored position.
DEVICE void sample_bilinear(const Source& source, double x, double y, float (&values)[3]) {
    const Image* image = source.image;
    const int x0 = (int)floor(x), y0 = (int)floor(y);
    const float fx = (float)(x - x0), fy = (float)(y - y0);
    if (image->kind == COLOUR) {
        const int width = image->width, height = image->height, step = image->steps[0];
        const long long stride = image->rows[0];
        long long at[4];
        bool counts[4];
        UNROLL for (int i = 0; i < 4; i++) {
            int column = x0 + (i & 1), row = y0 + (i >> 1);
            counts[i] = REPLICATE || ((unsigned)column < (unsigned)width && (unsigned)row < (unsigned)height);
            if (REPLICATE) column = min(max(column, 0), width - 1), row = min(max(row, 0), height - 1);
            at[i] = row * stride + column * step;
        }
        UNROLL for (int c = 0; c < 3; c++) {
            const unsigned char* samples = image->samples[c];
            float taps[4];
            UNROLL for (int i = 0; i < 4; i++) taps[i] = counts[i] ? (float)samples[at[i]] : 0.f;
            const float upper = (1.f - fx) * taps[0] + fx * taps[1], lower = (1.f - fx) * taps[2] + fx * taps[3];
            values[c] = (1.f - fy) * upper + fy * lower;
        }
        return;
    }
    if (image->kind == GRAY) {
        const float upper = (1.f - fx) * source.stored_tap(0, x0, y0) + fx * source.stored_tap(0, x0 + 1, y0);
        const float lower = (1.f - fx) * source.stored_tap(0, x0, y0 + 1) + fx * source.stored_tap(0, x0 + 1, y0 + 1);
        values[0] = values[1] = values[2] = (1.f - fy) * upper + fy * lower;
        return;
    }
    float inside = 1.f;
    if (!REPLICATE) {
        const float across = ((unsigned)x0 < (unsigned)image->width ? 1.f - fx : 0.f) + ((unsigned)(x0 + 1) < (unsigned)image->width ? fx : 0.f);
        const float down = ((unsigned)y0 < (unsigned)image->height ? 1.f - fy : 0.f) + ((unsigned)(y0 + 1) < (unsigned)image->height ? fy : 0.f);
        inside = across * down;
    }
    const float luma = source.mix(0, x, y, image->width, image->height, REPLICATE);
    const double cx = fmin(fmax(x, 0.0), image->width - 1.0) * 0.5 - image->chroma_x;
    const double cy = fmin(fmax(y, 0.0), image->height - 1.0) * (image->shift_y ? 0.5 : 1.0) - image->chroma_y;
    const int columns = (image->width + image->shift_x) >> image->shift_x, rows = (image->height + image->shift_y) >> image->shift_y;
    const float blue = source.mix(1, cx, cy, columns, rows, true), red = source.mix(2, cx, cy, columns, rows, true);
    UNROLL for (int c = 0; c < 3; c++) values[c] = source.colour(c, luma, blue, red, inside);
}

// Brown-Conrady in the plane; false where the polynomial has folded back.
DEVICE bool distort(const Image* image, double x, double y, double& u, double& v) {
    const double* k = image->numbers;
    const double p1 = k[2], p2 = k[3], s = x * x + y * y;
    const double n = 1.0 + s * (k[0] + s * (k[1] + s * k[4])), d = 1.0 + s * (k[5] + s * (k[6] + s * k[7]));
    const double dn = k[0] + s * (2.0 * k[1] + 3.0 * s * k[4]), dd = k[5] + s * (2.0 * k[6] + 3.0 * s * k[7]);
    const double f = n / d, df = (dn * d - n * dd) / (d * d);
    double xx = f + 2.0 * x * x * df, xy = 2.0 * x * y * df, yx = xy, yy = f + 2.0 * y * y * df;
    if (image->lens == MODIFIED) {
        const double a = x * f, b = y * f;
        u = a + 2.0 * p1 * a * b + p2 * (s + 2.0 * a * a);
        v = b + 2.0 * p2 * a * b + p1 * (s + 2.0 * b * b);
        const double ua = 1.0 + 2.0 * p1 * b + 4.0 * p2 * a, ub = 2.0 * p1 * a, va = 2.0 * p2 * b, vb = 1.0 + 2.0 * p2 * a + 4.0 * p1 * b;
        const double ax = xx, ay = xy, by = yy;
        xx = ua * ax + ub * ay + 2.0 * p2 * x, xy = ua * ay + ub * by + 2.0 * p2 * y;
        yx = va * ax + vb * ay + 2.0 * p1 * x, yy = va * ay + vb * by + 2.0 * p1 * y;
        return xx * yy - xy * yx > 0.0;
    }
    u = x * f + 2.0 * p1 * x * y + p2 * (s + 2.0 * x * x) + s * (k[8] + s * k[9]);
    v = y * f + 2.0 * p2 * x * y + p1 * (s + 2.0 * y * y) + s * (k[10] + s * k[11]);
    const double a = k[8] + 2.0 * s * k[9], b = k[10] + 2.0 * s * k[11];
    xx += 2.0 * p1 * y + 6.0 * p2 * x + 2.0 * x * a, xy += 2.0 * p1 * x + 2.0 * p2 * y + 2.0 * y * a;
    yx += 2.0 * p2 * y + 2.0 * p1 * x + 2.0 * x * b, yy += 2.0 * p2 * x + 6.0 * p1 * y + 2.0 * y * b;
    if (k[14] != 0.0) {
        const double* t = k + 15;
        const double w = t[6] * u + t[7] * v + t[8], a = (t[0] * u + t[1] * v + t[2]) / w, b = (t[3] * u + t[4] * v + t[5]) / w;
        const double au = (t[0] - a * t[6]) / w, av = (t[1] - a * t[7]) / w, bu = (t[3] - b * t[6]) / w, bv = (t[4] - b * t[7]) / w;
        const double xx1 = au * xx + av * yx, xy1 = au * xy + av * yy, yx1 = bu * xx + bv * yx, yy1 = bu * xy + bv * yy;
        u = a, v = b, xx = xx1, xy = xy1, yx = yx1, yy = yy1;
    }
    return image->lens == OMNIDIRECTIONAL || xx * yy - xy * yx > 0.0;
}

// The stored pixel of a ray in the stored frame's axes; false if the lens does not show it.
DEVICE bool project(const Image* image, double x, double y, double z, double& px, double& py) {
    const double* k = image->numbers;
    const double rho = sqrt(x * x + y * y), n = sqrt(x * x + y * y + z * z), own = k[12];
    double u = x / z, v = y / z;
    bool seen = z > 0.0;
    if (image->lens == BROWN || image->lens == MODIFIED) {
        seen = seen && sqrt(u * u + v * v) <= image->limit && distort(image, u, v, u, v);
    } else if (image->lens == FISHEYE) {
        const double angle = atan2(rho, z), t = fmin(angle, image->limit), s = t * t;
        const double factor = rho > 0.0 ? t * (1.0 + s * (k[0] + s * (k[1] + s * (k[2] + s * k[3])))) / rho : 1.0 / z;
        u = x * factor, v = y * factor;
        seen = angle <= image->limit;
    } else if (image->lens == FIELD_OF_VIEW) {
        const double r = rho / z, stretch = k[13], factor = r > 0.0 ? atan(r * stretch) / (own * r) : stretch / own;
        u *= factor, v *= factor;
    } else if (image->lens == OMNIDIRECTIONAL) {
        seen = z > -(own <= 1.0 ? own : 1.0 / own) * n;
        u = x / (z + own * n), v = y / (z + own * n);
        seen = seen && sqrt(u * u + v * v) <= image->limit && distort(image, u, v, u, v);
    } else if (image->lens == DOUBLE_SPHERE) {
        const double alpha = k[13], w1 = alpha <= 0.5 ? alpha / (1.0 - alpha) : (1.0 - alpha) / alpha;
        const double g = own * n + z, d = alpha * sqrt(rho * rho + g * g) + (1.0 - alpha) * g;
        u = x / d, v = y / d;
        seen = z > -(w1 + own) / sqrt(2.0 * w1 * own + own * own + 1.0) * n;
    } else if (image->lens == EXTENDED) {
        const double m = sqrt(k[13] * rho * rho + z * z), d = own * m + (1.0 - own) * z;
        u = x / d, v = y / d;
        seen = z > -(own <= 0.5 ? own / (1.0 - own) : (1.0 - own) / own) * m;
    }
    px = image->fx * u + image->cx, py = image->fy * v + image->cy;
    return seen && fabs(px) < 1e15 && fabs(py) < 1e15;
}

// Through a lens all samplings are bilinear.
DEVICE void sample_through_lens(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    const Image* image = source.image;
    const double x = m[0] * column + m[1] * row + m[2], y = m[3] * column + m[4] * row + m[5], z = m[6] * column + m[7] * row + m[8];
    double px, py;
    values[0] = values[1] = values[2] = 0.f;
    if (project(image, image->xu * x + image->xv * y, image->yu * x + image->yv * y, z, px, py))
        sample_bilinear(source, bounded(px), bounded(py), values);
    if (SAMPLING != 0) UNROLL for (int c = 0; c < 3; c++) values[c] = floorf(values[c] + 0.5f);
}
#endif

DEVICE void sample_pixels(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    const double w = m[6] * column + m[7] * row + m[8];
    double x = (m[0] * column + m[1] * row + m[2]) / w, y = (m[3] * column + m[4] * row + m[5]) / w;
#if !FROM_MAP
    const Image* image = source.image;
    const double u = x, v = y;
    if (image->xu != 1 || image->yv != 1) x = image->xu * u + image->xv * v + image->x0, y = image->yu * u + image->yv * v + image->y0;
#endif
    sample_bilinear(source, bounded(x), bounded(y), values);
}

// OpenCV's order of roundings, so no contraction to fused products.
DEVICE int fixed_position(double step, double along, double offset, int column, int row) {
    const double base = __dmul_rn(__dadd_rn(__dmul_rn(along, (double)row), offset), 1024.0);
    return (int)rint(bounded(base)) + 16 + (int)rint(bounded(__dmul_rn(__dmul_rn(step, (double)column), 1024.0)));
}

DEVICE void sample_opencv_warp(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    int x = fixed_position(m[0], m[1], m[2], column, row) >> 5, y = fixed_position(m[3], m[4], m[5], column, row) >> 5;
    const int fx = x & 31, fy = y & 31;
    x >>= 5, y >>= 5;
    UNROLL for (int c = 0; c < 3; c++) {
        const int sum = (32 - fx) * (32 - fy) * 32 * (int)source.tap(c, x, y) + fx * (32 - fy) * 32 * (int)source.tap(c, x + 1, y) +
                        (32 - fx) * fy * 32 * (int)source.tap(c, x, y + 1) + fx * fy * 32 * (int)source.tap(c, x + 1, y + 1);
        values[c] = (float)((sum + 16384) >> 15);
    }
}

struct Axis {
    int start, extent, way, index; // of the crop in the image: first pixel, how many, the way to the next; first tap in the crop
    float fraction;
};

// |ratio| = crop extent / to, offset = crop start + (ratio - way) / 2; a negative ratio mirrors.
DEVICE Axis resize_axis(double ratio, double offset, int to, int i) {
    Axis axis;
    axis.way = ratio > 0.0 ? 1 : ratio < 0.0 ? -1 : 0;
    axis.start = (int)rint(bounded(__dadd_rn(__dadd_rn(offset, -__dmul_rn(0.5, ratio)), 0.5 * axis.way)));
    axis.extent = (int)rint(bounded(__dmul_rn(fabs(ratio), (double)to)));
    const float position = (float)__dadd_rn(__dmul_rn(i + 0.5, (double)axis.extent / (double)to), -0.5);
    axis.index = (int)floorf(position);
    axis.fraction = position - (float)axis.index;
    return axis;
}

DEVICE void sample_opencv_resize(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    Axis h = resize_axis(m[0], m[2], OUT_WIDTH, column);
    const Axis v = resize_axis(m[4], m[5], OUT_HEIGHT, row);
    if (h.index < 0) h.index = 0, h.fraction = 0.f;
    if (h.index >= h.extent - 1) h.index = h.extent - 1, h.fraction = 0.f;
    const int a0 = (int)rintf((1.f - h.fraction) * 2048.f), a1 = (int)rintf(h.fraction * 2048.f);
    const int b0 = (int)rintf((1.f - v.fraction) * 2048.f), b1 = (int)rintf(v.fraction * 2048.f);
    const int left = h.start + h.way * h.index, right = h.start + h.way * min(h.index + 1, h.extent - 1);
    const int upper = v.start + v.way * min(max(v.index, 0), v.extent - 1);
    const int lower = v.start + v.way * min(max(v.index + 1, 0), v.extent - 1);
    UNROLL for (int c = 0; c < 3; c++) {
        const int top = a0 * (int)source.tap(c, left, upper) + a1 * (int)source.tap(c, right, upper);
        const int bottom = a0 * (int)source.tap(c, left, lower) + a1 * (int)source.tap(c, right, lower);
        const int value = (((b0 * (top >> 4)) >> 16) + ((b1 * (bottom >> 4)) >> 16) + 2) >> 2;
        values[c] = (float)min(max(value, 0), 255);
    }
}

KERNEL(128) ENTRY(const Image* RESTRICT image, const MAP_TYPE* RESTRICT map, const double* RESTRICT matrices,
                  OUT_TYPE* RESTRICT y) {
    const int pixel = (int)(BLOCK.x * 128 + threadIdx.x);
    if (pixel >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int line = pixel / OUT_WIDTH, column = pixel - line * OUT_WIDTH, n = line / OUT_HEIGHT, row = line - n * OUT_HEIGHT;
#if FROM_MAP
    const Source source = {map + (MAP_IMAGES == 1 ? 0 : n) * (MAP_HEIGHT * MAP_WIDTH * MAP_PITCH)};
#else
    const Image* own = IMAGES == 1 ? image : image + n;
    const Source source = {own};
#endif
    const double* m = matrices + 9 * n;
    float values[3];
#if !FROM_MAP
    if (own->lens != NO_LENS) sample_through_lens(source, m, column, row, values);
    else
#endif
    if (SAMPLING == 0) sample_pixels(source, m, column, row, values);
    else if (SAMPLING == 1) sample_opencv_warp(source, m, column, row, values);
    else sample_opencv_resize(source, m, column, row, values);
    const float results[8] = {(SWAP ? values[2] : values[0]) * SCALE_0 + OFFSET_0, values[1] * SCALE_1 + OFFSET_1,
                              (SWAP ? values[0] : values[2]) * SCALE_2 + OFFSET_2, 0.f, 0.f, 0.f, 0.f, 0.f};
    store_run(y + pixel * OUT_PITCH, results);
}
