return GpuKit.Kit.Run(args);
