namespace PtxSimulator.Driver;

/// <summary>Makes driver calls fail on demand.</summary>
public sealed class FaultPlan
{
    private long _failAt = -1;
    private CudaResult _code;

    /// <summary>Driver calls seen since the plan was made or reset.</summary>
    public long Calls { get; private set; }

    /// <summary>Whether a failure stays once it has struck.</summary>
    public bool IsSticky { get; private set; }

    /// <summary>Whether the planned failure has struck.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Name of the call that was made to fail first; empty before.</summary>
    public string StruckCall { get; private set; } = "";

    /// <summary>Fails a call from now on.</summary>
    /// <param name="number">Which one, counted from 0 as the next.</param>
    /// <param name="code">The result it gives; the call does nothing else.</param>
    /// <param name="sticky">Whether every call after it fails too. Calls that free something then free it nevertheless.</param>
    public void FailCall(long number, CudaResult code, bool sticky = false)
    {
        Reset();
        _failAt = number;
        _code = code;
        IsSticky = sticky;
    }

    /// <summary>Forgets the plan and starts counting calls from 0.</summary>
    public void Reset()
    {
        _failAt = -1;
        Calls = 0;
        IsSticky = false;
        HasStruck = false;
        StruckCall = "";
    }

    internal CudaResult Next(string call)
    {
        long number = Calls++;
        bool strikes = _failAt >= 0 && (number == _failAt || (IsSticky && number > _failAt));
        if (!strikes)
        {
            return CudaResult.Success;
        }
        StruckCall = HasStruck ? StruckCall : call;
        HasStruck = true;
        return _code;
    }
}
