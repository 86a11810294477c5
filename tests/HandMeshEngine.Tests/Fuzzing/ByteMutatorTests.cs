namespace HandMeshEngine.Tests.Fuzzing;

public sealed class ByteMutatorTests
{
    private static readonly byte[][] _corpus = [[.. Enumerable.Range(0, 200).Select(i => (byte)i)], [9, 9, 9]];

    [Fact]
    public void A_case_is_the_same_whatever_was_asked_before()
    {
        ByteMutator one = new(7, _corpus, [0xff, 0xd8]);
        ByteMutator other = new(7, _corpus, [0xff, 0xd8]);
        byte[] first = one.Case(123);
        other.Case(5);
        Assert.Equal(first, other.Case(123));
    }

    [Fact]
    public void Cases_differ_from_each_other_and_with_the_seed()
    {
        ByteMutator one = new(7, _corpus);
        ByteMutator other = new(8, _corpus);
        HashSet<string> seen = [];
        for (int i = 0; i < 1000; i++)
        {
            seen.Add(Convert.ToHexString(one.Case(i)));
            seen.Add(Convert.ToHexString(other.Case(i)));
        }

        Assert.True(seen.Count > 1400, $"only {seen.Count} of 2000 cases are different");
    }

    [Fact]
    public void Cases_grow_by_a_bounded_amount()
    {
        ByteMutator mutator = new(1, _corpus, new byte[10]);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.InRange(mutator.Case(i).Length, 0, 200 + (9 * 200)));
    }
}
