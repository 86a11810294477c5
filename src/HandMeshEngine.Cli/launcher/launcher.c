/* handmesh: becomes the best build that this processor runs (lib/handmesh-v4, -v3, -v2 beside it). */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "../../HandMeshEngine.Native/loader/variant.h"

/* The command's exit code for a machine that lacks something. */
#define MACHINE_FAILURE 4

int main(int count, char **arguments)
{
    (void)count;
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    char *slash = NULL;
    if (length > 0) {
        path[length] = 0;
        slash = strrchr(path, '/');
    }

    if (slash == NULL) {
        fprintf(stderr, "handmesh: cannot learn where it lies (no /proc?); start lib/handmesh-v2, -v3 or -v4 yourself\n");
        return MACHINE_FAILURE;
    }

    for (int variant = 0; variant < HANDMESH_VARIANTS; variant++) {
        if (handmesh_variant_is_wanted(variant) && handmesh_variant_runs(variant)) {
            sprintf(slash + 1, "lib/handmesh-%s", handmesh_variants[variant]);
            execv(path, arguments);
            if (errno != ENOENT) {
                fprintf(stderr, "handmesh: %s cannot be started: %s\n", path, strerror(errno));
                return MACHINE_FAILURE;
            }
        }
    }

    fprintf(stderr, handmesh_variant_runs(HANDMESH_VARIANTS - 1)
        ? "handmesh: no build of it that this processor runs lies in lib beside it (or HANDMESH_BUILD asks for another); unpack the archive again\n"
        : "handmesh: this processor lacks SSE4.2 or POPCNT, and no build runs without them; use a processor of x86-64-v2 or later\n");
    return MACHINE_FAILURE;
}
