namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>The epilogue: y = activation(sum + bias + residual), element by element.</summary>
internal readonly ref struct EpilogueStore
{
    private readonly Graph.Activation _activation;
    private readonly ReadOnlySpan<float> _bias;
    private readonly ReadOnlySpan<float> _residual;
    private readonly ReadOnlySpan<float> _slope;
    private readonly Span<float> _output;

    public EpilogueStore(Epilogue epilogue, int own, Tensor[] inputs, Tensor output)
    {
        _activation = epilogue.Activation;
        _bias = epilogue.Bias ? inputs[epilogue.BiasIndex(own)].Span<float>() : default;
        _residual = epilogue.Residual ? inputs[epilogue.ResidualIndex(own)].Span<float>() : default;
        _slope = epilogue.SlopeIndex(own) is >= 0 and var index ? inputs[index].Span<float>() : default;
        _output = output.Span<float>();
    }

    public void Put(int index, int channel, double sum)
    {
        float value = (float)sum;
        value += _bias.IsEmpty ? 0 : _bias[channel];
        value += _residual.IsEmpty ? 0 : _residual[index];
        _output[index] = Activations.Apply(_activation, value, _slope.IsEmpty ? 0 : _slope[channel]);
    }
}
