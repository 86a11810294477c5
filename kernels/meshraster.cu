// meshraster.cu: depth, mask and labels of a triangle mesh as a camera sees it, one sample a pixel, both sides of every face.
//   raster_faces: of corners a, b, c: normals e of the planes through the camera's centre and an edge, bc = b x c, ca, ab, all with the sign
//   of a . bc, and the inverse distance along a ray as n . ray, n = (b - a) x (c - a) / (a . bc); a ball around the corners' directions.
//   raster_pixels: of the faces with e . ray >= 0 for all three the one with the greatest n . ray; the first of equal ones.
// A lens is in the rays alone: any camera is drawn by the same numbers. Products of corners are fp64 and rounded once, so that the two faces
// of an edge have the same normal and no pixel falls between them.
// vertices: float [VERTICES, 3], metres, camera space. corners: int [FACES, 3]. labels: byte [FACES]. rays: float [HEIGHT, WIDTH, 3], unit
// length, not numbers where there is none. tiles: float [tile rows, tile columns, 4], 16-byte aligned: a ball around the rays of 16 x 16 pixels,
// radius -1 where there is none. faces: FACES records of 80 bytes, 16-byte aligned, written by the first and read by the second.
// depth: float, mask: byte (255), parts: byte (labels); addresses and pitches (elements a row) of the caller, address 0: not wanted. Depth is along
// the axis, or along the ray, and background where nothing is.
// Constants: VERTICES, FACES, WIDTH, HEIGHT.
// Launch: raster_faces: grid (FACES / 128 rounded up), 128 threads; raster_pixels: grid (tile columns, tile rows), 256 threads, no dynamic
// shared memory.
#include "prelude.cuh"

struct Vector {
    float x, y, z;
};

struct Product {
    double x, y, z;
};

struct __align__(16) Face {
    Vector edges[3], nearness, middle;
    float radius, least, most;
    int label, unused;
};

DEVICE Product cross(const Product& a, const Product& b) {
    // Not fused: the other order must give the same numbers with the other sign.
    Product c = {__dsub_rn(__dmul_rn(a.y, b.z), __dmul_rn(a.z, b.y)), __dsub_rn(__dmul_rn(a.z, b.x), __dmul_rn(a.x, b.z)),
                 __dsub_rn(__dmul_rn(a.x, b.y), __dmul_rn(a.y, b.x))};
    return c;
}

DEVICE double dot(const Product& a, const Product& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

DEVICE Product scaled(const Product& a, double s) {
    Product b = {a.x * s, a.y * s, a.z * s};
    return b;
}

DEVICE Vector rounded(const Product& a) {
    Vector b = {(float)a.x, (float)a.y, (float)a.z};
    return b;
}

DEVICE float dot(const Vector& a, const Vector& b) { return fmaf(a.x, b.x, fmaf(a.y, b.y, a.z * b.z)); }

DEVICE double distance_squared(const Product& a, const Product& b) {
    const Product d = {a.x - b.x, a.y - b.y, a.z - b.z};
    return dot(d, d);
}

KERNEL(128) raster_faces(const float* vertices, const int* corners, const unsigned char* labels, Face* faces) {
    const int f = (int)(BLOCK.x * 128 + threadIdx.x);
    if (f >= FACES) return;
    wait_for_predecessor_and_release();
    Product p[3], d[3];
    double longest = 0;
    UNROLL for (int i = 0; i < 3; i++) {
        const float* at = vertices + 3 * corners[3 * f + i];
        p[i].x = at[0], p[i].y = at[1], p[i].z = at[2];
        const double squared = dot(p[i], p[i]);
        longest = fmax(longest, squared);
        d[i] = scaled(p[i], 1 / sqrt(squared));
    }

    const Product bc = cross(p[1], p[2]), ca = cross(p[2], p[0]), ab = cross(p[0], p[1]);
    const Product u = {p[1].x - p[0].x, p[1].y - p[0].y, p[1].z - p[0].z}, v = {p[2].x - p[0].x, p[2].y - p[0].y, p[2].z - p[0].z};
    const double volume = dot(p[0], bc), sign = volume < 0 ? -1. : 1.;
    const Product plane = scaled(cross(u, v), 1 / volume), sum = {d[0].x + d[1].x + d[2].x, d[0].y + d[1].y + d[2].y, d[0].z + d[1].z + d[2].z};
    const Product middle = scaled(sum, 1 / sqrt(dot(sum, sum)));
    const double most = dot(plane, plane);
    double radius = 0;
    UNROLL for (int i = 0; i < 3; i++) radius = fmax(radius, distance_squared(middle, d[i]));

    Face face;
    face.edges[0] = rounded(scaled(bc, sign)), face.edges[1] = rounded(scaled(ca, sign)), face.edges[2] = rounded(scaled(ab, sign));
    face.nearness = rounded(plane);
    face.middle = rounded(middle);
    // A face whose corners are more than a quarter turn from their middle may be seen anywhere; one without a volume nowhere.
    const bool is_seen = most < 1e30 && longest < 1e30;
    face.radius = !is_seen ? -8.f : radius < 1.9 ? (float)sqrt(radius) : 4.f;
    face.least = (float)(1 / sqrt(longest));
    face.most = (float)sqrt(most);
    face.label = labels[f];
    face.unused = 0;
    faces[f] = face;
}

KERNEL(256) raster_pixels(const Face* faces, const float* rays, const float4* tiles, float* depth, int depth_pitch, unsigned char* mask,
                          int mask_pitch, unsigned char* parts, int parts_pitch, float background, int is_along_ray) {
    __shared__ int found[256];
    __shared__ int counts[8];
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5;
    const int x = (int)blockIdx.x * 16 + (thread & 15), y = (int)blockIdx.y * 16 + (thread >> 4);
    const bool is_inside = x < WIDTH && y < HEIGHT;
    wait_for_predecessor_and_release();
    const float4 tile = tiles[blockIdx.y * gridDim.x + blockIdx.x];
    const float* at = rays + 3 * ((is_inside ? y : 0) * WIDTH + (is_inside ? x : 0));
    const Vector ray = {at[0], at[1], at[2]};
    float nearest = 0.f;
    int label = 0;
    for (int first = 0; first < FACES && tile.w >= 0.f; first += 256) {
        const int f = first + thread;
        bool meets = false;
        if (f < FACES) {
            const float dx = faces[f].middle.x - tile.x, dy = faces[f].middle.y - tile.y, dz = faces[f].middle.z - tile.z;
            const float reach = faces[f].radius + tile.w + 1e-6f;
            meets = reach > 0.f && dx * dx + dy * dy + dz * dz <= reach * reach;
        }

        // The faces that may be seen in this tile, in their order.
        const unsigned votes = __ballot_sync(FULL_WARP, meets);
        if (lane == 0) counts[warp] = __popc(votes);
        __syncthreads();
        int before = 0, total = 0;
        UNROLL for (int i = 0; i < 8; i++) {
            before += i < warp ? counts[i] : 0;
            total += counts[i];
        }
        if (meets) found[before + __popc(votes & ((1u << lane) - 1u))] = f;
        __syncthreads();
        for (int i = 0; i < total; i++) {
            const Face* face = faces + found[i];
            if (dot(face->edges[0], ray) >= 0.f && dot(face->edges[1], ray) >= 0.f && dot(face->edges[2], ray) >= 0.f) {
                const float mine = fminf(fmaxf(dot(face->nearness, ray), face->least), face->most);
                if (mine > nearest) nearest = mine, label = face->label;
            }
        }
        __syncthreads();
    }

    if (!is_inside) return;
    const bool is_hand = nearest > 0.f;
    if (depth) depth[(long long)y * depth_pitch + x] = is_hand ? (is_along_ray ? 1.f / nearest : ray.z / nearest) : background;
    if (mask) mask[(long long)y * mask_pitch + x] = is_hand ? 255 : 0;
    if (parts) parts[(long long)y * parts_pitch + x] = is_hand ? (unsigned char)label : 0;
}
