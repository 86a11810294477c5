using HandMeshEngine.Systems;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>Numbers that are none never become a hand.</summary>
public sealed class BrokenWeightsTests
{
    [Theory]
    [InlineData("hand.op0.w", 0x7e00, 5)]
    [InlineData("palm.op0.w", 0xfc00, 0)]
    public void Weights_that_are_not_numbers_are_refused_with_tensor_and_index(string tensor, int bits, int index)
    {
        TensorMap weights = SafetensorsFile.Read(HandSystems.Default.RequireWeights(null));
        Assert.Equal(DType.Float16, weights[tensor].Type);
        BinaryPrimitives.WriteUInt16LittleEndian(weights[tensor].Bytes[(2 * index)..], (ushort)bits);
        using var file = new MemoryStream();
        SafetensorsFile.Write(file, weights);
        file.Position = 0;

        var error = Assert.Throws<CheckpointException>(() => HandEstimator.Open(new EstimatorOptions { Device = "cpu", WeightsStream = file }));

        Assert.Equal(tensor, error.Tensor);
        Assert.Contains($"flat index {index} ", error.Message);
    }

    [Fact]
    public void Every_kind_of_float_is_searched_to_its_last_value()
    {
        foreach (int length in (int[])[1, 3, 8, 31, 64, 65])
        {
            for (int bad = 0; bad < length; bad++)
            {
                float[] singles = new float[length];
                double[] doubles = new double[length];
                (singles[bad], doubles[bad]) = (float.NegativeInfinity, double.NaN);
                Assert.Equal(bad, FiniteValues.FirstNotFinite(Tensor.From(new Shape(length), singles)));
                Assert.Equal(bad, FiniteValues.FirstNotFinite(Tensor.From(new Shape(length), doubles)));
            }

            Assert.Equal(-1, FiniteValues.FirstNotFinite(Tensor.From(new Shape(length), Enumerable.Repeat(float.MaxValue, length).ToArray())));
        }
    }

    [Fact]
    public void A_hand_that_is_not_finite_leaves_the_result_and_is_counted()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "lite", Threads = 1, MaxHands = 3 });
        HandResult result = estimator.CreateResult();
        (HandMesh first, HandMesh second, HandMesh third) = (result.Next(), result.Next(), result.Next());
        second.WritableJoints[20].Z = float.NaN;

        result.LeaveOutNotFinite();

        Assert.Equal((2, 1), (result.Count, result.NotFinite));
        Assert.Same(first, result[0]);
        Assert.Same(third, result[1]);
        result.Clear();
        Assert.Equal(0, result.NotFinite);
        Assert.Equal([first, third, second], (HandMesh[])[result.Next(), result.Next(), result.Next()]);
    }
}
