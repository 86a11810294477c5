/* Calls every function with wrong handles, sizes, strides and nulls: fuzz CALLS SEED. Every call must return a code of the header, and a
 * failure must have a sentence. Frames claim at most the memory that they have: the ABI cannot know more. */
#include <handmesh.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_BYTES (96 * 96 * 4)

static uint64_t state;

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

static uint32_t below(uint32_t count) { return next() % count; }

/* Mostly small numbers, sometimes the ones at which arithmetic overflows. */
static int32_t number(int32_t most)
{
    static const int32_t odd[] = {0, -1, 1, INT32_MAX, INT32_MIN, 65535, 65536, -7};
    return below(3) == 0 ? odd[below(8)] : (int32_t)below((uint32_t)most + 1);
}

static double real(void)
{
    static const double odd[] = {0, -1, 1e300, -1e300, 1e-300, 0.83, 0.5, 96};
    double zero = 0;
    uint32_t kind = below(4);
    return kind == 0 ? zero / zero : kind == 1 ? odd[below(8)] : (double)below(200);
}

static void *held[32];

/* A handle that lives, lived, is of another kind, or never was. */
static void *handle(void)
{
    switch (below(4)) {
        case 0: return NULL;
        case 1: return (void *)(uintptr_t)(((uint64_t)next() << 32) | next());
        default: return held[below(32)];
    }
}

static uint32_t size(size_t right) { return below(8) == 0 ? (uint32_t)number(8192) % 8192 : (uint32_t)right; }

int main(int argc, char **argv)
{
    static uint8_t frame[FRAME_BYTES];
    /* A size that is too large reads what follows the struct. */
    static union { handmesh_image value; uint8_t room[8192]; } image;
    static union { handmesh_camera value; uint8_t room[8192]; } camera;
    static union { handmesh_hints value; uint8_t room[8192]; } hints;
    static union { handmesh_hand value; uint8_t room[8192]; } hand;
    static union { handmesh_description value; uint8_t room[8192]; } description;
    static union { handmesh_options value; uint8_t room[8192]; } options;
    static union { handmesh_pose value; uint8_t room[8192]; } pose;
    static union { handmesh_buffers value; uint8_t room[8192]; } buffers;
    static float depth[96 * 96];
    static uint8_t mask[96 * 96];
    static char text[256];
    long calls = argc > 1 ? atol(argv[1]) : 1000, counts[16] = {0};
    handmesh_estimator *estimator;
    handmesh_result *result;
    state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2654435761u + 88172645463325252u : 88172645463325252u;

    options.value.size = sizeof options.value;
    options.value.threads = 1;
    options.value.device = "cpu";
    if (handmesh_open(&options.value, &estimator) != HANDMESH_OK || handmesh_create_result(estimator, &result) != HANDMESH_OK) {
        fprintf(stderr, "%s\n", handmesh_last_error());
        return 1;
    }

    held[0] = estimator;
    held[1] = result;
    for (long call = 0; call < calls; call++) {
        int32_t code = 0, count;
        uint64_t needed;
        void *made = NULL;
        const handmesh_stage *stages;
        uint32_t place = 2 + below(30);
        memset(&image, 0, sizeof image);
        image.value.size = size(sizeof image.value);
        image.value.format = number(17);
        image.value.width = number(96);
        image.value.height = number(96);
        for (int plane = 0; plane < 3; plane++) {
            uint32_t start = below(4) == 0 ? below(FRAME_BYTES) : 0;
            image.value.planes[plane] = below(plane == 0 ? 8 : 2) == 0 ? NULL : frame + start;
            image.value.plane_bytes[plane] = below(4) == 0 ? below(FRAME_BYTES - start + 1) : FRAME_BYTES - start;
            image.value.strides[plane] = below(2) == 0 ? number(400) : image.value.width * 4;
        }

        image.value.chroma_pixel_stride = below(4) == 0 ? number(3) : 0;
        image.value.matrix = below(4) == 0 ? number(3) : 0;
        image.value.range = below(4) == 0 ? number(2) : 0;
        image.value.siting = below(4) == 0 ? number(3) : 0;
        image.value.turn_degrees = below(2) == 0 ? 90 * number(4) : 0;
        image.value.mirrored = (int32_t)below(2);
        image.value.black = number(100);
        image.value.white = number(65535);
        memset(&camera, 0, sizeof camera);
        camera.value.size = size(sizeof camera.value);
        camera.value.source = number(2);
        camera.value.fx = real();
        camera.value.fy = real();
        camera.value.cx = real();
        camera.value.cy = real();
        camera.value.width = below(2) == 0 ? image.value.width : number(96);
        camera.value.height = below(2) == 0 ? image.value.height : number(96);
        camera.value.lens = number(9);
        camera.value.coefficient_count = number(14);
        for (int i = 0; i < 14; i++) {
            camera.value.coefficients[i] = below(3) == 0 ? real() : below(100) / 1000.0;
        }

        memset(&hints, 0, sizeof hints);
        hints.value.size = size(sizeof hints.value);
        hints.value.handedness = number(3);
        hints.value.box_x = real();
        hints.value.box_y = real();
        hints.value.box_width = real();
        hints.value.box_height = real();
        hints.value.hand_size = real();
        hints.value.root_depth = real();
        hand.value.size = size(sizeof hand.value);
        description.value.size = size(sizeof description.value);
        memset(&options, 0, sizeof options);
        options.value.size = below(2) == 0 ? 3 : sizeof options.value;
        options.value.system = "no such system";
        options.value.max_hands = number(200);
        options.value.precision = number(4);

        pose.value.size = size(sizeof pose.value);
        memset(&buffers, 0, sizeof buffers);
        buffers.value.size = size(sizeof buffers.value);
        buffers.value.width = number(96);
        buffers.value.height = number(96);
        buffers.value.along_ray = number(1);
        buffers.value.depth = below(4) == 0 ? NULL : depth;
        buffers.value.depth_count = below(4) == 0 ? below(96 * 96) : 96 * 96;
        buffers.value.depth_stride = below(2) == 0 ? number(200) : 0;
        buffers.value.mask = below(4) == 0 ? NULL : mask;
        buffers.value.mask_count = below(4) == 0 ? below(96 * 96) : 96 * 96;
        buffers.value.mask_stride = below(2) == 0 ? number(200) : 0;
        buffers.value.background = (float)real();

        const handmesh_camera *given_camera = below(2) == 0 ? NULL : &camera.value;
        const handmesh_hints *given_hints = below(2) == 0 ? NULL : &hints.value;
        const handmesh_image *given_image = below(16) == 0 ? NULL : &image.value;
        int good = below(4) != 0;
        switch (below(22)) {
            case 0: case 1: case 2:
                code = handmesh_predict(good ? estimator : handle(), given_image, given_camera, given_hints, good ? result : handle());
                break;
            case 3: code = handmesh_track(handle(), given_image, given_camera, good ? result : handle()); break;
            case 4: code = handmesh_get_hand(good ? result : handle(), number(3), below(8) == 0 ? NULL : &hand.value); break;
            case 5: code = handmesh_hand_count(handle(), below(4) == 0 ? NULL : &count); break;
            case 6: code = handmesh_get_stages(handle(), below(4) == 0 ? NULL : &stages, below(4) == 0 ? NULL : &count); break;
            case 7: code = handmesh_describe(handle(), below(4) == 0 ? NULL : &description.value); break;
            case 8: code = handmesh_profile(handle(), below(2) == 0 ? NULL : text, below(sizeof text), below(2) == 0 ? NULL : &needed); break;
            case 9: code = handmesh_open(below(4) == 0 ? NULL : &options.value, NULL); break;
            case 10: code = handmesh_open(&options.value, (handmesh_estimator **)&made); break;
            case 11:
                code = handmesh_create_result(good ? estimator : handle(), (handmesh_result **)&made);
                if (code == 0 && held[place] == NULL) { held[place] = made; } else if (code == 0) { handmesh_free_result(made); }
                break;
            case 12:
                code = handmesh_create_tracker(good ? estimator : handle(), (handmesh_tracker **)&made);
                if (code == 0 && held[place] == NULL) { held[place] = made; } else if (code == 0) { handmesh_free_tracker(made); }
                break;
            case 13: code = handmesh_reset_tracker(handle()); break;
            /* A closed handle stays in the list for a while: it must be recognised. */
            case 14: code = handmesh_free_result(held[place]); if (below(2) == 0 && code == 0) { held[place] = NULL; } break;
            case 15: code = handmesh_free_tracker(held[place]); if (below(2) == 0 && code == 0) { held[place] = NULL; } break;
            case 16:
                for (uint32_t i = 0; i < sizeof text; i++) { text[i] = (char)next(); }
                code = handmesh_decode_photo(below(8) == 0 ? NULL : text, below(sizeof text), (handmesh_photo **)&made);
                if (code == 0) { handmesh_free_photo(made); }
                break;
            case 17: code = handmesh_get_photo(handle(), &image.value, &camera.value); break;
            case 18: code = handmesh_camera_from_field_of_view(number(96), number(96), real(), below(8) == 0 ? NULL : &camera.value); break;
            case 19: code = handmesh_get_pose(good ? result : handle(), number(3), below(8) == 0 ? NULL : &pose.value); break;
            case 20: code = handmesh_draw_buffers(good ? result : handle(), given_camera, below(8) == 0 ? NULL : &buffers.value); break;
            default:
                code = below(2) == 0 ? handmesh_load_camera(below(2) == 0 ? NULL : "/nowhere/camera.yaml", NULL, number(96), number(96), &camera.value)
                    : below(2) == 0 ? handmesh_save(handle(), below(2) == 0 ? NULL : "/nowhere/mesh.glb")
                    : below(2) == 0 ? handmesh_load_photo(below(2) == 0 ? NULL : "/nowhere/photo.jpg", (handmesh_photo **)&made)
                    : handmesh_draw(handle(), given_image, "/nowhere/drawing.png");
                break;
        }

        if (code < 0 || code > HANDMESH_CLOSED || (code != 0 && *handmesh_last_error() == 0)) {
            fprintf(stderr, "call %ld gave %d: %s\n", call, code, handmesh_last_error());
            return 1;
        }

        counts[code]++;
    }

    printf("%ld calls:", calls);
    for (int code = 0; code < 16; code++) {
        if (counts[code] > 0) { printf(" code %d %ld times", code, counts[code]); }
    }

    /* What was right before is right now. */
    image.value = (handmesh_image){.size = sizeof image.value, .format = HANDMESH_RGB, .width = 96, .height = 96,
        .planes = {frame}, .plane_bytes = {FRAME_BYTES}, .strides = {96 * 3}};
    printf("; then code %d\n", handmesh_predict(estimator, &image.value, NULL, NULL, result));
    return handmesh_close(estimator);
}
