using HandMeshEngine.Tools.RegisterTiles;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run --project tools/register-tiles src/HandMeshEngine.Compute/Backends/Cpu/Kernels");
    return 2;
}

File.WriteAllText(Path.Combine(args[0], "RegisterTiles.g.cs"), TileGenerator.Generate());
File.WriteAllText(Path.Combine(args[0], "WindowTiles.g.cs"), WindowGenerator.Generate());
return 0;
