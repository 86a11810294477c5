namespace HandMeshEngine.Estimation;

/// <summary>What one prediction did: the time of its stages, and how far it searched. Kept with its result.</summary>
internal sealed class RunRecord
{
    private readonly StageTime[] _stages = new StageTime[8];
    private int _count;

    /// <summary>The stages in order of execution.</summary>
    public ReadOnlySpan<StageTime> Stages => _stages.AsSpan(0, _count);

    /// <inheritdoc cref="HandResult.UsedFallback"/>
    public bool UsedFallback { get; set; }

    /// <inheritdoc cref="HandResult.Search"/>
    public SearchRung Search { get; set; }

    public void Clear()
    {
        _count = 0;
        UsedFallback = false;
        Search = SearchRung.Frame;
    }

    /// <summary>Adds time to a stage, which is new if it has not been named yet.</summary>
    public void AddTime(string stage, TimeSpan elapsed)
    {
        int index = 0;
        while (index < _count && _stages[index].Name != stage)
        {
            index++;
        }

        if (index == _count)
        {
            _stages[_count++] = new StageTime(stage, 0);
        }

        _stages[index] = _stages[index] with { Milliseconds = _stages[index].Milliseconds + elapsed.TotalMilliseconds };
    }
}
