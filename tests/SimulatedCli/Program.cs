// The command `handmesh`, and the verbs of the GPU kit, on a simulated CUDA device, which is what `--device cuda` means here. HME_SIMULATED_SM chooses the
// architecture it pretends to be (75, 80, 86, 87, 89, 90; default 90).
using System.Globalization;
using HandMeshEngine.Cuda;
using PtxSimulator;

string? architecture = Environment.GetEnvironmentVariable("HME_SIMULATED_SM");
SimulatorOptions options = new();
using Simulator simulator = new(architecture == null ? options : options with { Sm = int.Parse(architecture, CultureInfo.InvariantCulture) });
CudaDriver.Use(simulator.Table, loadsPtx: true);
return GpuKit.Kit.Run(args);
