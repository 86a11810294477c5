using HandMeshEngine;
using HandMeshEngine.Server.Command;

// Started by handmesh from the folder "server" beside it, whose weights it shares.
WeightFolders.AddBeside(Path.Combine(AppContext.BaseDirectory, "..", "handmesh"));
return await ServeCommand.RunAsync(args).ConfigureAwait(false);
