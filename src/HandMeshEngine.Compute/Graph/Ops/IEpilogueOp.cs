namespace HandMeshEngine.Compute.Graph;

/// <summary>An op that can take bias, residual and activation into its store; the passes fuse into any of these.</summary>
public interface IEpilogueOp
{
    /// <summary>What is fused now.</summary>
    Epilogue Epilogue { get; }

    /// <summary>Number of inputs before the epilogue's operands.</summary>
    int OwnInputs { get; }

    /// <summary>The same op with another epilogue.</summary>
    Op With(Epilogue epilogue);
}
