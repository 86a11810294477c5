namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private const double LaunchMicroseconds = 2;
    private const double InstructionsPerMicrosecond = 1000;

    private CudaResult Launch(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra) => Call(
        "cuLaunchKernel",
        () => Launch(Find<FunctionState>(function), new Extent(gridX, gridY, gridZ), new Extent(blockX, blockY, blockZ), sharedBytes, stream, parameters, cooperative: false, overlaps: false));

    private CudaResult LaunchEx(LaunchConfig* config, nint function, void** parameters, void** extra) => Call(
        "cuLaunchKernelEx",
        () =>
        {
            bool cooperative = false, overlaps = false;
            for (uint i = 0; i < config->AttributeCount; i++)
            {
                var attribute = config->Attributes[i];
                cooperative |= attribute.Id == LaunchAttribute.Cooperative && attribute.Value != 0;
                overlaps |= attribute.Id == LaunchAttribute.ProgrammaticStreamSerialization && attribute.Value != 0;
                if (attribute.Id is not (LaunchAttribute.Cooperative or LaunchAttribute.ProgrammaticStreamSerialization))
                {
                    return Refuse(CudaResult.NotSupported, $"launch attribute {attribute.Id} is not simulated");
                }
            }
            var grid = new Extent(config->GridX, config->GridY, config->GridZ);
            var block = new Extent(config->BlockX, config->BlockY, config->BlockZ);
            return Launch(Find<FunctionState>(function), grid, block, config->SharedBytes, config->Stream, parameters, cooperative, overlaps);
        });

    private CudaResult Launch(
        FunctionState function, Extent grid, Extent block, uint sharedBytes, nint stream, void** parameters, bool cooperative, bool overlaps)
    {
        var kernel = function.Kernel;
        if (grid.Count == 0 || block.Count == 0 || block.Count > 1024 || block.Z > 64 || grid.X > int.MaxValue || grid.Y > 65535 || grid.Z > 65535)
        {
            return Refuse(CudaResult.InvalidValue, $"{kernel.Name}: grid {grid} of blocks {block} is not allowed");
        }
        if (block.Count > kernel.MaxThreads)
        {
            return Refuse(CudaResult.InvalidValue, $"{kernel.Name}: blocks {block} exceed its launch bounds of {kernel.MaxThreads} threads");
        }
        if (sharedBytes > DynamicLimit(function))
        {
            return Refuse(CudaResult.InvalidValue, $"{kernel.Name}: {sharedBytes} bytes of dynamic shared memory, but only {DynamicLimit(function)} allowed (cuFuncSetAttribute)");
        }
        if (cooperative && grid.Count > MultiprocessorBlocks(kernel, (int)block.Count, sharedBytes) * (long)_options.MultiprocessorCount)
        {
            return Refuse(CudaResult.CooperativeLaunchTooLarge, $"{kernel.Name}: a cooperative grid of {grid.Count} blocks does not fit on the device at once");
        }
        if (kernel.Parameters.Count > 0 && parameters == null)
        {
            return Refuse(CudaResult.InvalidValue, $"{kernel.Name}: no parameters given");
        }
        var shape = new KernelLaunch
        {
            Grid = grid,
            Block = block,
            DynamicSharedBytes = (int)sharedBytes,
            Parameters = CollectParameters(kernel, parameters),
            Overlaps = overlaps,
        };
        Enqueue(stream, kernel.Name, () => Run(kernel, shape, cooperative));
        return CudaResult.Success;
    }

    private static byte[] CollectParameters(Kernel kernel, void** parameters)
    {
        byte[] bytes = new byte[kernel.ParameterBytes];
        for (int i = 0; i < kernel.Parameters.Count; i++)
        {
            var (offset, size) = kernel.Parameters[i];
            new ReadOnlySpan<byte>(parameters[i], size).CopyTo(bytes.AsSpan(offset));
        }
        return bytes;
    }

    private void Run(Kernel kernel, KernelLaunch shape, bool cooperative)
    {
        _memory.NoteProgress();
        if (_options.SkipsKernels)
        {
            Counters.Launches++;
            return;
        }
        var counters = Grid.Run(kernel, shape, cooperative, _memory, _options);
        if (shape.Overlaps && counters.PredecessorWaits == 0)
        {
            throw new DeviceFaultException(
                CudaResult.LaunchFailed,
                $"{kernel.Name} is launched to overlap the launch before it but never waits for it: it, and all that follows, may run on memory that is not written yet");
        }
        counters.Launches = 1;
        Counters.Launches++;
        Counters.OverlappingLaunches += shape.Overlaps ? 1 : 0;
        if (!Kernels.TryGetValue(kernel.Name, out var total))
        {
            Kernels[kernel.Name] = total = new KernelCounters();
        }
        total.Add(counters);
        DeviceTime += LaunchMicroseconds + counters.WarpInstructions / InstructionsPerMicrosecond / _options.MultiprocessorCount;
    }
}
