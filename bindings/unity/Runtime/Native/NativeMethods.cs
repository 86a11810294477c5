using System;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Unity.Native
{
    /// <summary>The functions of handmesh.h that the wrapper uses.</summary>
    internal static unsafe class NativeMethods
    {
        private const string Library = "handmesh";

        [DllImport(Library)]
        public static extern IntPtr handmesh_last_error();

        [DllImport(Library)]
        public static extern int handmesh_abi_version();

        [DllImport(Library)]
        public static extern int handmesh_open(OptionsStruct* options, out IntPtr estimator);

        [DllImport(Library)]
        public static extern int handmesh_close(IntPtr estimator);

        [DllImport(Library)]
        public static extern int handmesh_create_result(IntPtr estimator, out IntPtr result);

        [DllImport(Library)]
        public static extern int handmesh_free_result(IntPtr result);

        [DllImport(Library)]
        public static extern int handmesh_create_tracker(IntPtr estimator, out IntPtr tracker);

        [DllImport(Library)]
        public static extern int handmesh_free_tracker(IntPtr tracker);

        [DllImport(Library)]
        public static extern int handmesh_predict(IntPtr estimator, ImageStruct* image, CameraStruct* camera, void* hints, IntPtr result);

        [DllImport(Library)]
        public static extern int handmesh_track(IntPtr tracker, ImageStruct* image, CameraStruct* camera, IntPtr result);

        [DllImport(Library)]
        public static extern int handmesh_hand_count(IntPtr result, out int count);

        [DllImport(Library)]
        public static extern int handmesh_get_hand(IntPtr result, int index, HandStruct* hand);

        [DllImport(Library)]
        public static extern int handmesh_camera_from_field_of_view(int width, int height, double degrees, CameraStruct* camera);
    }
}
