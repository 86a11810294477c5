/* libhandmesh.so: takes the best build that this processor runs (libhandmesh-v4.so, -v3, -v2, in its own folder) when it is loaded, and
 * jumps to it. Where none can be taken every function returns HANDMESH_NO_LIBRARY, and handmesh_last_error says why. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

#include "variant.h"

static char reason[1024];

static int32_t refuse(void) { return 12; }

static int32_t refuse_version(void) { return 0; }

static const char *refuse_text(void) { return reason; }

/* A jump keeps every argument where it is, so that no signature is written twice. */
#define HANDMESH_ABI(version, digest)
#define HANDMESH_SYMBOL(name) \
    __attribute__((used, visibility("hidden"))) void *target_##name = (void *)refuse; \
    __asm__(".text\n.globl " #name "\n.type " #name ", @function\n" #name ":\n\tendbr64\n\tjmp *target_" #name "(%rip)\n.size " #name ", . - " #name "\n");
#include "../handmesh.symbols"
#undef HANDMESH_SYMBOL

static int take(const char *folder, const char *variant)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%slibhandmesh-%s.so", folder, variant);
    if (length < 0 || length >= (int)sizeof path) {
        return 0;
    }

    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) {
        snprintf(reason, sizeof reason, "%s", dlerror());
        return 0;
    }

#define HANDMESH_SYMBOL(name) \
    void *found_##name = dlsym(library, #name); \
    if (found_##name == NULL) { \
        snprintf(reason, sizeof reason, "%.900s has no %s; it is of another version than the loader beside it", path, #name); \
        return 0; \
    }
#include "../handmesh.symbols"
#undef HANDMESH_SYMBOL
#define HANDMESH_SYMBOL(name) target_##name = found_##name;
#include "../handmesh.symbols"
#undef HANDMESH_SYMBOL
    return 1;
}

__attribute__((constructor)) static void choose(void)
{
    Dl_info own;
    char folder[4096] = "";
    const char *slash;
    target_handmesh_abi_version = (void *)refuse_version;
    target_handmesh_last_error = target_handmesh_version = (void *)refuse_text;
    if (dladdr((void *)choose, &own) != 0 && (slash = strrchr(own.dli_fname, '/')) != NULL && slash - own.dli_fname + 1 < (long)sizeof folder) {
        memcpy(folder, own.dli_fname, (size_t)(slash - own.dli_fname + 1));
    }

    for (int variant = 0; variant < HANDMESH_VARIANTS; variant++) {
        if (handmesh_variant_is_wanted(variant) && handmesh_variant_runs(variant) && take(folder, handmesh_variants[variant])) {
            return;
        }
    }

    if (*reason == 0) {
        const char *wanted = getenv("HANDMESH_BUILD");
        snprintf(reason, sizeof reason, handmesh_variant_runs(HANDMESH_VARIANTS - 1)
            ? "HANDMESH_BUILD asks for the build '%.64s', which this processor cannot run or which does not exist; use v2, v3 or v4, or unset it"
            : "this processor lacks SSE4.2 or POPCNT, and no build of libhandmesh runs without them; use a processor of x86-64-v2 or later%.0s",
            wanted == NULL ? "" : wanted);
    }
}
