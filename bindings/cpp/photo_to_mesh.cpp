// Reads a photo, finds the hands in it, and writes their mesh: photo_to_mesh PHOTO MESH.glb
#include <cstdio>
#include <exception>

#include <handmesh.hpp>

int main(int argc, char **argv)
try {
    if (argc != 3) {
        std::fprintf(stderr, "usage: photo_to_mesh PHOTO MESH.glb\n");
        return 2;
    }

    handmesh::Photo photo(argv[1]);
    handmesh_camera camera = photo.camera();
    handmesh::Estimator estimator;
    handmesh::Result hands = estimator.create_result();
    estimator.predict(photo.image(), hands, &camera);
    for (const handmesh::Hand &hand : hands) {
        handmesh::Vector3 wrist = hand.root();
        std::printf("%s hand, wrist at (%.3f, %.3f, %.3f) m, %zu vertices\n", hand.is_left() ? "left" : "right", wrist.x, wrist.y, wrist.z, hand.vertices().size());
    }

    if (hands.empty()) {
        return 1;
    }

    hands.save(argv[2]);
    return 0;
} catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
