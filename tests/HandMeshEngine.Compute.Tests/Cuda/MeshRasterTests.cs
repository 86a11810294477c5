using System.Numerics;
using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda;
using HandMeshEngine.Meshes;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The kernel against the rasterizer of the CPU, which the hand's tests hold to rays.</summary>
public sealed class MeshRasterTests
{
    private const int Width = 45;
    private const int Height = 37;

    [Theory]
    [InlineData("pinhole", 0.35f)]
    [InlineData("fisheye", 0.25f)]
    [InlineData("brown", 0.3f)]
    [InlineData("pinhole", 0.03f)]
    public unsafe void The_kernel_draws_what_the_cpu_draws(string kind, float distance)
    {
        Camera camera = kind switch
        {
            "pinhole" => new Camera(45, 46, 22.3, 18.1, Width, Height),
            "brown" => new Camera(40, 40, 21.3, 18.4, Width, Height).WithLens(Lens.BrownConrady(-0.2, 0.04, 0.001, -0.001), allowPartial: true),
            _ => new Camera(20, 20, 22.4, 18.2, Width, Height).WithLens(Lens.Fisheye(0.05, -0.01, 0.002, -0.0003)),
        };
        TriangleMesh mesh = SyntheticHand.Mesh();
        Vector3[] vertices = [.. Enumerable.Range(0, mesh.VertexCount).Select(v => mesh.Vertex(v).ToSingle() + new Vector3(0, -0.08f, distance))];
        int[] faces = [.. mesh.Faces];
        byte[] labels = [.. Enumerable.Range(0, mesh.FaceCount).Select(f => (byte)(1 + (f % 250)))];
        float[] depth = new float[Width * Height], expectedDepth = new float[Width * Height], rays = new float[3 * Width * Height];
        byte[] mask = new byte[Width * Height], expectedMask = new byte[Width * Height], parts = new byte[Width * Height], expectedParts = new byte[Width * Height];
        new HandRasterizer().Draw(
            vertices, faces, labels, camera, new HandBuffers(Width, Height) { Depth = expectedDepth, Mask = expectedMask, Parts = expectedParts, Background = -1 });
        HandRasterizer.WriteRays(camera, Width, Height, rays);

        const int depthPitch = Width + 3, bytePitch = Width + 19;
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        using CudaContext context = CudaContext.Retain(cuda.Device);
        using (CudaStream stream = new(context))
        using (DeviceMemory points = new(context, 12 * vertices.Length), depths = new(context, 4 * depthPitch * Height), masks = new(context, bytePitch * Height), names = new(context, bytePitch * Height))
        {
            stream.Write(points, 0, MemoryMarshal.AsBytes(vertices.AsSpan()));
            stream.Synchronize();
            using var raster = new CudaMeshRaster(
                cuda.Device.Driver, new CudaBackendOptions(), SimulatedCuda.Compiler("12.4"), SimulatedCuda.Options().KernelFolder, vertices.Length, faces, labels, Width, Height);
            Assert.Contains("SetRays", Assert.Throws<InvalidOperationException>(() => raster.Draw(points.Address, depths.Address, depthPitch)).Message);
            raster.SetRays(rays);
            Assert.Contains("pitch of 4", Assert.Throws<ArgumentException>(() => raster.Draw(points.Address, depths.Address, 4)).Message);
            raster.Draw(points.Address, depths.Address, depthPitch, masks.Address, bytePitch, names.Address, bytePitch, background: -1);
            raster.Wait();
            for (int y = 0; y < Height; y++)
            {
                stream.Read(depths, 4L * depthPitch * y, MemoryMarshal.AsBytes(depth.AsSpan(y * Width, Width)));
                stream.Read(masks, (long)bytePitch * y, mask.AsSpan(y * Width, Width));
                stream.Read(names, (long)bytePitch * y, parts.AsSpan(y * Width, Width));
            }
        }

        Assert.Contains((byte)255, expectedMask);
        int differ = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.Equal(mask[i] == 255, parts[i] != 0);
            bool isSame = mask[i] == expectedMask[i] && parts[i] == expectedParts[i] && Math.Abs(depth[i] - expectedDepth[i]) <= 1e-4 * Math.Abs(expectedDepth[i]);
            differ += isSame ? 0 : 1;
        }

        Assert.True(differ <= 1, $"{differ} pixels differ");
    }
}
