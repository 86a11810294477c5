# find_package(handmesh) gives the target handmesh::handmesh. Lies in lib/cmake/handmesh of what tools/build-native made.
get_filename_component(_handmesh_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET handmesh::handmesh)
    add_library(handmesh::handmesh SHARED IMPORTED)
    set_target_properties(handmesh::handmesh PROPERTIES
        IMPORTED_LOCATION "${_handmesh_root}/lib/libhandmesh.so"
        IMPORTED_SONAME "libhandmesh.so"
        INTERFACE_INCLUDE_DIRECTORIES "${_handmesh_root}/include")
endif()
unset(_handmesh_root)
