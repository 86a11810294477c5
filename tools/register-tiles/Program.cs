using HandMeshEngine.Tools.RegisterTiles;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run --project tools/register-tiles src/HandMeshEngine.Compute/Backends/Cpu/Kernels/RegisterTiles.g.cs");
    return 2;
}

File.WriteAllText(args[0], TileGenerator.Generate());
return 0;
