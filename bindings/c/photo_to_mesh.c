/* Reads a photo, finds the hands in it, and writes their mesh: photo_to_mesh PHOTO MESH.glb */
#include <handmesh.h>
#include <stdio.h>

static int fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, handmesh_last_error());
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: photo_to_mesh PHOTO MESH.glb\n");
        return 2;
    }

    handmesh_photo *photo;
    handmesh_image image = {.size = sizeof image};
    handmesh_camera camera = {.size = sizeof camera};
    if (handmesh_load_photo(argv[1], &photo) != HANDMESH_OK || handmesh_get_photo(photo, &image, &camera) != HANDMESH_OK) {
        return fail(argv[1]);
    }

    handmesh_options options = {.size = sizeof options};
    handmesh_estimator *estimator;
    handmesh_result *result;
    if (handmesh_open(&options, &estimator) != HANDMESH_OK || handmesh_create_result(estimator, &result) != HANDMESH_OK) {
        return fail("opening");
    }

    handmesh_description description = {.size = sizeof description};
    handmesh_describe(estimator, &description);
    printf("%s on %s: %s\n", description.system, description.device, description.device_description);
    if (*description.device_note != 0) {
        printf("note: %s\n", description.device_note);
    }

    if (handmesh_predict(estimator, &image, &camera, NULL, result) != HANDMESH_OK) {
        return fail("predicting");
    }

    int32_t count = 0;
    handmesh_hand_count(result, &count);
    for (int32_t i = 0; i < count; i++) {
        handmesh_hand hand = {.size = sizeof hand};
        handmesh_get_hand(result, i, &hand);
        printf("%s hand, wrist at (%.3f, %.3f, %.3f) m, %d vertices\n", hand.handedness == HANDMESH_LEFT ? "left" : "right",
            hand.root[0], hand.root[1], hand.root[2], hand.vertex_count);
    }

    if (count > 0 && handmesh_save(result, argv[2]) != HANDMESH_OK) {
        return fail(argv[2]);
    }

    handmesh_free_result(result);
    handmesh_close(estimator);
    handmesh_free_photo(photo);
    return count > 0 ? 0 : 1;
}
