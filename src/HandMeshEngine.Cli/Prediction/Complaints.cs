namespace HandMeshEngine.Cli.Prediction;

/// <summary>Sentences about single pictures: the first few are printed, the rest counted, since a long video may have thousands.</summary>
internal sealed class Complaints(int most)
{
    private int _count;

    public void Say(string sentence)
    {
        if (_count++ < most)
        {
            ErrorLine.Write(sentence);
        }
    }

    /// <summary>Counts what was not printed.</summary>
    public void Close(string where)
    {
        if (_count > most)
        {
            ErrorLine.Write($"and {_count - most} sentences more like these{where}");
        }
    }
}
