/* Opens and predicts for a long time, and says how much the resident memory grew: soak PHOTO OPENS PREDICTIONS. The first tenth of each
 * fills caches and heaps and is not counted. */
#include <handmesh.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long resident_kib(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &pages, &resident) != 2) { exit(3); }
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void require(int32_t code)
{
    if (code != HANDMESH_OK) {
        fprintf(stderr, "%s\n", handmesh_last_error());
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) { return 2; }

    long opens = atol(argv[2]), predictions = atol(argv[3]), before = 0;
    handmesh_photo *photo;
    handmesh_image image = {.size = sizeof image};
    handmesh_camera camera = {.size = sizeof camera};
    handmesh_options options = {.size = sizeof options, .device = "cpu"};
    handmesh_estimator *estimator;
    handmesh_result *result;
    handmesh_tracker *tracker;
    require(handmesh_load_photo(argv[1], &photo));
    require(handmesh_get_photo(photo, &image, &camera));
    for (long i = 0; i < opens; i++) {
        if (i == opens / 10) { before = resident_kib(); }
        require(handmesh_open(&options, &estimator));
        require(handmesh_create_result(estimator, &result));
        require(handmesh_predict(estimator, &image, &camera, NULL, result));
        require(handmesh_free_result(result));
        require(handmesh_close(estimator));
    }

    printf("%ld opens: resident memory grew by %ld KiB to %ld KiB\n", opens, resident_kib() - before, resident_kib());
    require(handmesh_open(&options, &estimator));
    require(handmesh_create_result(estimator, &result));
    require(handmesh_create_tracker(estimator, &tracker));
    for (long i = 0; i < predictions; i++) {
        if (i == predictions / 10) { before = resident_kib(); }
        require(i % 2 == 0 ? handmesh_predict(estimator, &image, &camera, NULL, result) : handmesh_track(tracker, &image, &camera, result));
    }

    printf("%ld predictions: resident memory grew by %ld KiB to %ld KiB\n", predictions, resident_kib() - before, resident_kib());
    require(handmesh_free_tracker(tracker));
    require(handmesh_free_result(result));
    require(handmesh_close(estimator));
    require(handmesh_free_photo(photo));
    return 0;
}
