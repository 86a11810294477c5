// The command `handmesh`, and the verbs of the GPU kit, on a simulated CUDA device, which is what `--device cuda` means here. HANDMESH_SIMULATED_SM chooses the
// architecture it pretends to be (75, 80, 86, 87, 89, 90; default 90). A newer one is a device that NVRTC does not know yet: it can only be asked
// for, as doctor does. With HANDMESH_SIMULATED_SKIPS=1 kernels do nothing: for tests of what is around them, which then take no time.
using System.Globalization;
using HandMeshEngine.Cuda;
using PtxSimulator;

string? architecture = EnvironmentVariables.Read("HANDMESH_SIMULATED_SM");
SimulatorOptions options = new();
int sm = architecture == null ? options.Sm : int.Parse(architecture, CultureInfo.InvariantCulture);
bool skips = EnvironmentVariables.Read("HANDMESH_SIMULATED_SKIPS") == "1";
using Simulator simulator = new(options with { Sm = sm, SkipsKernels = skips, CheckMemory = !skips });
CudaDriver.Use(simulator.Table, loadsPtx: sm <= 90);
return GpuKit.Kit.Run(args);
