// The convolution ladder: every rung is compiled by NVRTC, executed on the simulated device, compared with a sum in double, and its
// counters go into README.md. Run from the repository's root: dotnet run -c Release --project bench/ladder [-- NVRTC-FOLDER]
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;
using PtxSimulator;
using PtxSimulator.Execution;

const int height = 28, width = 30, channels = 64, rows = height * width, depth = 9 * channels;
(string File, bool Half, bool Packed, LaunchShape Shape)[] rungs =
[
    ("1-naive", false, false, new LaunchShape(rows / 4, 1, 1, 256)),
    ("2-tiled", false, false, new LaunchShape((rows + 31) / 32, 2, 1, 64, 1, 1, 2 * 16 * 36 * sizeof(float))),
    ("3-mma", true, false, new LaunchShape((rows + 63) / 64, 1, 1, 128, 1, 1, 8192)),
    ("4-pipelined", true, false, new LaunchShape((rows + 63) / 64, 1, 1, 128, 1, 1, 3 * 8192)),
    ("5-prepacked", true, true, new LaunchShape((rows + 63) / 64, 1, 1, 128, 1, 1, 3 * 4096)),
];

var random = new Random(1);
float[] x = Numbers(rows * channels, 1), w = Numbers(channels * depth, 0.05f);
double[] expected = Expected();
Nvrtc nvrtc = Nvrtc.Open(args.Length > 0 ? args[0] : Path.Combine(".cache", "nvrtc", "12.4"));
KeyValuePair<string, string>[] headers = [.. Directory.GetFiles("kernels", "*.cuh").Concat(Directory.GetFiles(Path.Combine("bench", "ladder"), "*.cuh"))
    .Select(path => KeyValuePair.Create(Path.GetFileName(path), File.ReadAllText(path)))];
var table = new StringBuilder("| rung | warp instructions | mma | shared requests | shared wavefronts | global sectors | barriers | largest error |\n|---|---|---|---|---|---|---|---|\n");
using Simulator simulator = new(new() { Sm = 86 });
CudaDriver.Use(simulator.Table, loadsPtx: true);
using CudaContext context = CudaContext.Retain(CudaDriver.Get().GetDevice(0));
using CudaStream stream = new(context);
foreach ((string file, bool half, bool packed, LaunchShape shape) in rungs)
{
    simulator.ResetKernelCounters();
    KernelImage image = nvrtc.Compile(
        new KernelProgram("ladder", File.ReadAllText(Path.Combine("bench", "ladder", file + ".cu")), headers, []), new KernelTarget(86, KernelImageKind.Ptx));
    using CudaModule module = new(context, image);
    using DeviceMemory dx = Upload(context, stream, Bytes(x, half)), dw = Upload(context, stream, Bytes(packed ? Fragments(w) : w, half));
    using DeviceMemory dy = new(context, rows * channels * sizeof(float));
    module.GetKernel("rung").Launch(stream, shape, new KernelArguments().Add(dx).Add(dw).Add(dy));
    float[] y = new float[rows * channels];
    stream.Read(dy, 0, MemoryMarshal.AsBytes(y.AsSpan()));
    double error = y.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
    if (!(error < (half ? 5e-3 : 1e-4)))
    {
        Console.Error.WriteLine($"{file} is wrong by {error}");
        return 1;
    }

    KernelCounters c = simulator.KernelTotal;
    table.Append(
        CultureInfo.InvariantCulture,
        $"| [{file}]({file}.cu) | {c.WarpInstructions:N0} | {c.MatrixInstructions:N0} | {c.SharedRequests:N0} | {c.SharedWavefronts:N0} | {c.GlobalSectors:N0} | {c.Barriers:N0} | {error:0.0e0} |\n");
}

string readme = Path.Combine("bench", "ladder", "README.md");
string text = File.ReadAllText(readme);
int start = text.IndexOf("| rung", StringComparison.Ordinal);
File.WriteAllText(readme, (start < 0 ? text.TrimEnd() + "\n\n" : text[..start]) + table);
Console.Write(table);
return 0;

float[] Numbers(int count, float size) => [.. Enumerable.Range(0, count).Select(_ => size * (float)((2 * random.NextDouble()) - 1))];

// Weights [n][k] in the order of the B fragments of mma.cuh: for each 16 k and 16 n, each lane's four registers of two halves.
float[] Fragments(float[] from)
{
    var to = new List<float>(from.Length);
    for (int k = 0; k < depth; k += 16)
    {
        for (int n = 0; n < channels; n += 16)
        {
            for (int i = 0; i < 32 * 4; i++)
            {
                int lane = i / 4, register = i % 4, row = n + (register / 2 * 8) + (lane / 4), column = k + (register % 2 * 8) + (lane % 4 * 2);
                to.Add(from[(row * depth) + column]);
                to.Add(from[(row * depth) + column + 1]);
            }
        }
    }

    return [.. to];
}

double[] Expected()
{
    var sums = new double[rows * channels];
    for (int m = 0; m < rows; m++)
    {
        for (int tap = 0; tap < 9; tap++)
        {
            int iy = (m / width) + (tap / 3) - 1, ix = (m % width) + (tap % 3) - 1;
            for (int n = 0; n < channels && iy is >= 0 and < height && ix is >= 0 and < width; n++)
            {
                for (int c = 0; c < channels; c++)
                {
                    sums[(m * channels) + n] += (double)x[(((iy * width) + ix) * channels) + c] * w[(n * depth) + (tap * channels) + c];
                }
            }
        }
    }

    return sums;
}

static byte[] Bytes(float[] values, bool half) => half
    ? MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray()
    : MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

static DeviceMemory Upload(CudaContext context, CudaStream stream, byte[] bytes)
{
    var memory = new DeviceMemory(context, bytes.Length);
    stream.Write(memory, 0, bytes);
    return memory;
}
