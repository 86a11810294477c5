using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using HandMeshEngine.Unity.Native;

namespace HandMeshEngine.Unity
{
    /// <summary>
    /// Finds hands in frames as Unity stores them, and follows them through a video. One thread at a time; it may be another than the main
    /// thread. In steady state it allocates nothing.
    /// </summary>
    public sealed unsafe class UnityHandEstimator : IDisposable
    {
        private const int AbiVersion = 1;
        private const int Rgba = 3;

        private readonly List<UnityHand> _pool = new List<UnityHand>();
        private readonly List<UnityHand> _hands = new List<UnityHand>();
        private IntPtr _estimator;
        private IntPtr _result;
        private IntPtr _tracker;
        private CameraStruct _camera;
        private bool _hasCamera;

        /// <summary>Opens the default system.</summary>
        /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
        /// <param name="threads">Threads of the CPU; 0 takes one for each core. A game may want to keep some for itself.</param>
        /// <exception cref="HandMeshException">It cannot be opened.</exception>
        /// <exception cref="DllNotFoundException">The native library is not in the package's Plugins folder.</exception>
        public UnityHandEstimator(string device = "auto", int threads = 0)
        {
            if (NativeMethods.handmesh_abi_version() != AbiVersion)
            {
                throw new HandMeshException(0, Sentence() is { Length: > 0 } sentence ? sentence : "libhandmesh has another ABI version than this package; take both from one release");
            }

            IntPtr text = Marshal.StringToCoTaskMemUTF8(device);
            try
            {
                var options = new OptionsStruct { Size = (uint)sizeof(OptionsStruct), Device = text, Threads = threads };
                Check(NativeMethods.handmesh_open(&options, out _estimator));
                Check(NativeMethods.handmesh_create_result(_estimator, out _result));
                Check(NativeMethods.handmesh_create_tracker(_estimator, out _tracker));
            }
            catch
            {
                Dispose();
                throw;
            }
            finally
            {
                Marshal.FreeCoTaskMem(text);
            }
        }

        /// <summary>The hands of the last frame.</summary>
        public IReadOnlyList<UnityHand> Hands => _hands;

        /// <summary>The camera by its horizontal field of view; without one it is guessed, and distances are off as much as the guess.</summary>
        /// <exception cref="HandMeshException">A number is out of range.</exception>
        public void SetFieldOfView(int width, int height, double degrees)
        {
            var camera = new CameraStruct { Size = (uint)sizeof(CameraStruct) };
            Check(NativeMethods.handmesh_camera_from_field_of_view(width, height, degrees, &camera));
            _camera = camera;
            _hasCamera = true;
        }

        /// <summary>Takes the next frame of a video.</summary>
        /// <param name="pixels">Four bytes a pixel, red first, lowest row first: <c>Color32</c>.</param>
        /// <param name="width">Columns.</param>
        /// <param name="height">Rows.</param>
        /// <param name="turnDegrees"><c>WebCamTexture.videoRotationAngle</c>: clockwise, to make the frame upright.</param>
        /// <param name="mirrored">The frame shows the scene mirrored.</param>
        /// <exception cref="HandMeshException">The frame or the camera cannot be used.</exception>
        public void Track(ReadOnlySpan<byte> pixels, int width, int height, int turnDegrees = 0, bool mirrored = false) =>
            Run(pixels, width, height, turnDegrees, mirrored, follow: true);

        /// <summary>Takes a single image; parameters as in <see cref="Track"/>.</summary>
        /// <exception cref="HandMeshException">The frame or the camera cannot be used.</exception>
        public void Predict(ReadOnlySpan<byte> pixels, int width, int height, int turnDegrees = 0, bool mirrored = false) =>
            Run(pixels, width, height, turnDegrees, mirrored, follow: false);

        /// <inheritdoc/>
        public void Dispose()
        {
            NativeMethods.handmesh_free_tracker(_tracker);
            NativeMethods.handmesh_free_result(_result);
            NativeMethods.handmesh_close(_estimator);
            _tracker = _result = _estimator = IntPtr.Zero;
        }

        private void Run(ReadOnlySpan<byte> pixels, int width, int height, int turnDegrees, bool mirrored, bool follow)
        {
            fixed (byte* start = pixels)
            {
                CameraStruct camera = _camera;
                var image = new ImageStruct
                {
                    Size = (uint)sizeof(ImageStruct),
                    Format = Rgba,
                    Width = width,
                    Height = height,
                    Plane0 = start,
                    TurnDegrees = turnDegrees,
                    Mirrored = mirrored ? 1 : 0,
                };
                image.PlaneBytes[0] = (ulong)pixels.Length;
                // Negative: the lowest row comes first.
                image.Strides[0] = -4 * width;
                CameraStruct* given = _hasCamera ? &camera : null;
                Check(follow
                    ? NativeMethods.handmesh_track(_tracker, &image, given, _result)
                    : NativeMethods.handmesh_predict(_estimator, &image, given, null, _result));
            }

            Read();
        }

        private void Read()
        {
            Check(NativeMethods.handmesh_hand_count(_result, out int count));
            _hands.Clear();
            for (int i = 0; i < count; i++)
            {
                if (i == _pool.Count)
                {
                    _pool.Add(new UnityHand());
                }

                var hand = new HandStruct { Size = (uint)sizeof(HandStruct) };
                Check(NativeMethods.handmesh_get_hand(_result, i, &hand));
                _pool[i].Fill(hand);
                _hands.Add(_pool[i]);
            }
        }

        private static void Check(int status)
        {
            if (status != 0)
            {
                throw new HandMeshException(status, Sentence());
            }
        }

        private static string Sentence() => Marshal.PtrToStringUTF8(NativeMethods.handmesh_last_error()) ?? string.Empty;
    }
}
