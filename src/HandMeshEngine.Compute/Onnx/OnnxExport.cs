using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Compute.Onnx;

/// <summary>
/// Writes a network as ONNX (opset 17) with its weights, so that the same graph runs in ONNX Runtime, TensorRT or PyTorch.
/// </summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes the network of a graph: from sampled crops (inputs <c>input</c>, ...; see <see cref="NetworkInputs"/>) to its outputs.
    /// No pass of the engine has touched it: batch norms and activations stand as the model wrote them.
    /// </summary>
    /// <param name="graph">A model's graph.</param>
    /// <param name="stream">Stays open.</param>
    /// <param name="name">Name of the ONNX graph.</param>
    /// <exception cref="GraphException">An op has no ONNX form.</exception>
    public static void Write(OpGraph graph, Stream stream, string name)
    {
        OpGraph network = NetworkInputs.Cut(graph);
        var onnx = new OnnxLowering(network);
        foreach (Node node in network.Nodes)
        {
            onnx.Lower(node);
        }

        foreach ((string output, int id) in network.Outputs)
        {
            onnx.Node("Identity", [onnx.NameOf(id)], output);
            onnx.Output(output, network.Nodes[id].Type);
        }

        stream.Write(onnx.Finish(name).Written);
    }
}
