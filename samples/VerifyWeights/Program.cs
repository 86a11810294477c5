// Does this build compute what the model computes? A stored case, stage by stage; with a file of weights, yours.
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Verification;

if (args is not [string file, ..])
{
    Console.Error.WriteLine("usage: VerifyWeights CASE.safetensors [WEIGHTS.safetensors]");
    return 2;
}

ReferenceCase reference = ReferenceCase.Read(file);
TensorMap? weights = args.Length > 1 ? SafetensorsFile.Read(args[1]) : null;
using Backend backend = Devices.Open("cpu");
VerificationReport report = Verifier.Run(reference, backend, weights: weights);
// One line a comparison, and the first stage that diverges.
Console.WriteLine(report);
return report.Passed ? 0 : 1;
