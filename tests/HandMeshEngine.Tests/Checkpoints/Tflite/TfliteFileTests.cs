using HandMeshEngine.Checkpoints.Tflite;

namespace HandMeshEngine.Tests.Checkpoints.Tflite;

public sealed class TfliteFileTests
{
    [Fact]
    public void A_network_reads_as_its_lines_with_dequantize_folded()
    {
        var summary = new TfliteSummary(Read(TinyTflite.Model()));

        Assert.Equal(
            [
                "input %0 [1,2,2,2]",
                "0 CONV_2D %0 #1 f16[2,1,1,2] #3 f32[2] -> %4 [1,2,2,2] stride=1,1 padding=VALID act=relu6",
                "1 RESHAPE %4 {4,2} -> %6 [4,2]",
                "output %6",
            ],
            summary.Lines);
        Assert.Equal([(Half)1, (Half)2, (Half)3, (Half)4], summary.ConstantOf(2)!.Span<Half>().ToArray());
        Assert.Null(summary.ConstantOf(4));
        Assert.Null(summary.ConstantOf(-1));
    }

    public static TheoryData<string, string> Damage => new()
    {
        { "version", "schema version 2" },
        { "two graphs", "2 subgraphs" },
        { "operator code", "operator code 99" },
        { "custom code", "operator code 32" },
        { "int8", "element type 9" },
        { "sparse", "sparse" },
        { "quantised", "quantised" },
        { "outside buffer", "outside the FlatBuffer" },
        { "buffer number", "buffer number 77" },
        { "negative extent", "negative extent" },
        { "huge shape", "2^31 - 1" },
        { "wrong bytes", "do not hold" },
        { "missing input", "tensor number 50" },
        { "negative input", "tensor number -2" },
        { "missing output", "tensor number 99" },
        { "no output", "0 outputs" },
        { "code number", "code number 12" },
        { "no options", "has no options" },
        { "dilation", "dilation" },
        { "activation", "fused activation 4" },
        { "padding", "padding mode 2" },
        { "dequantised activation", "float16 constant" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void A_network_outside_the_supported_set_is_refused_with_the_reason(string kind, string reason)
    {
        Dictionary<int, object> model = TinyTflite.Model();
        Dictionary<int, object> graph = TinyTflite.Graph(model);
        var codes = (Dictionary<int, object>[])model[1];
        var options = (Dictionary<int, object>)TinyTflite.OperatorOf(model, 1)[4];
        Action change = kind switch
        {
            "version" => () => model[0] = 2,
            "two graphs" => () => model[2] = new[] { graph, graph },
            "operator code" => () => codes[1][3] = 99,
            "custom code" => () => codes[1] = new() { [0] = (byte)32 },
            "int8" => () => TinyTflite.TensorOf(model, 1)[1] = (byte)9,
            "sparse" => () => TinyTflite.TensorOf(model, 1)[6] = new Dictionary<int, object>(),
            "quantised" => () => TinyTflite.TensorOf(model, 1)[4] = new Dictionary<int, object> { [2] = new[] { 1 } },
            "outside buffer" => () => ((Dictionary<int, object>[])model[4])[1][1] = 4096L,
            "buffer number" => () => TinyTflite.TensorOf(model, 1)[2] = 77,
            "negative extent" => () => TinyTflite.TensorOf(model, 1)[0] = new[] { -2, 1, 1, -2 },
            "huge shape" => () => TinyTflite.TensorOf(model, 1)[0] = new[] { 65536, 65536 },
            "wrong bytes" => () => TinyTflite.TensorOf(model, 1)[0] = new[] { 2, 1, 1, 3 },
            "missing input" => () => TinyTflite.OperatorOf(model, 2)[1] = new[] { 50 },
            "negative input" => () => TinyTflite.OperatorOf(model, 2)[1] = new[] { -2 },
            "missing output" => () => graph[2] = new[] { 99 },
            "no output" => () => TinyTflite.OperatorOf(model, 2)[2] = Array.Empty<int>(),
            "code number" => () => TinyTflite.OperatorOf(model, 2)[0] = 12,
            "no options" => () => TinyTflite.OperatorOf(model, 1).Remove(4),
            "dilation" => () => options[4] = 2,
            "activation" => () => options[3] = (byte)4,
            "padding" => () => options[0] = (byte)2,
            "dequantised activation" => () => TinyTflite.OperatorOf(model, 0)[1] = new[] { 4 },
            _ => throw new ArgumentException(kind),
        };
        change();

        var error = Assert.Throws<CheckpointException>(() => new TfliteSummary(Read(model)));

        Assert.Contains(reason, error.Message);
        Assert.StartsWith("tiny.tflite", error.Message);
    }

    [Fact]
    public void Foreign_and_cut_off_files_are_refused()
    {
        byte[] file = FlatBufferWriter.File(TinyTflite.Model());
        Assert.Contains("not a .tflite", Refuse(FlatBufferWriter.File(TinyTflite.Model(), "TFL2")));
        Assert.Contains("not a .tflite", Refuse([1, 2, 3]));
        for (int length = 8; length < file.Length; length += 3)
        {
            Assert.Contains("tiny.tflite", Refuse(file[..length]));
        }
    }

    [Fact]
    public void Twenty_thousand_damaged_files_are_accepted_or_refused()
    {
        byte[] file = FlatBufferWriter.File(TinyTflite.Model());

        CheckpointFuzz.Run(12, [file], bytes => _ = new TfliteSummary(TfliteFile.Read(bytes, "tiny.tflite")), 1 << 20);
    }

    private static string Refuse(byte[] file) =>
        Assert.Throws<CheckpointException>(() => new TfliteSummary(TfliteFile.Read(file, "tiny.tflite"))).Message;

    private static TfliteModel Read(Dictionary<int, object> model) => TfliteFile.Read(FlatBufferWriter.File(model), "tiny.tflite");
}
