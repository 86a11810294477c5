namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>The networks of the default system's cases; tolerances from docs/systems/mediapipe-hand.md 12.</summary>
internal static class MediaPipeHandChecks
{
    // The name of a value, the stored map's name behind the prefix.
    private static readonly (string Tap, string Tensor)[] _palmMaps =
        [("palm.down1", "t164"), ("palm.c24", "t202"), ("palm.p12", "t257"), ("palm.p24", "t273")];

    private static readonly (string Tap, string Tensor)[] _handMaps =
        [("hand.block1", "t109"), ("hand.block5", "t123"), ("hand.block11", "t145"), ("hand.features", "t160")];

    /// <summary>
    /// NAME: both networks from their stored inputs and from the image, the geometry between and after them, and the whole chain.
    /// Tensors of the lite networks are compared if the weights are lite.
    /// </summary>
    public static void Run(Checks c)
    {
        bool isLite = !c.Weights.Contains("palm.op18.w") || !c.Weights.Contains("hand.op4.w");
        Tensor image = c.Case.Tensors["image"];
        Palm(c, isLite ? "palm_lite" : "palm", image);
        for (int hand = 0; c.Case.Tensors.Contains($"hand{hand}.uv"); hand++)
        {
            for (int pass = 0; c.Case.Tensors.Contains($"hand{hand}.pass{pass}.roi"); pass++)
            {
                Hand(c, $"hand{hand}.pass{pass}", isLite ? "lite." : string.Empty, image);
            }
        }

        // The stored geometry, and with it the chain, follows from the full networks.
        if (!isLite)
        {
            MediaPipeHandGeometryChecks.Run(c, image);
        }
    }

    private static void Palm(Checks c, string prefix, Tensor image)
    {
        Expected[] expected =
        [
            .. _palmMaps.Select(map => Map($"{prefix}.{map.Tensor}", map.Tap)),
            new($"{prefix}.raw_boxes", new Tolerance(2e-3), new Tolerance(5e-2)) { Value = "boxes" },
            new($"{prefix}.raw_scores", new Tolerance(1e-3), new Tolerance(5e-2)) { Value = "scores" },
        ];
        if (c.Case.Tensors.Contains("palm.input"))
        {
            c.Graph("palm", "stage", PalmDetector.BuildFromInput, session => Fill(c, session, "palm.input", "palm.input"), null, expected);
        }

        Crop whole = HandCrops.WholeImage(image.Shape[1], image.Shape[0], 0);
        c.Graph(
            "palm",
            "chain",
            static g => PalmDetector.Build(g),
            session => whole.Sampling(PalmDetector.InputSize).ToMatrix().CopyTo(session.Input<double>("matrix")),
            image,
            [Input("palm.input", "palm.input"), .. expected]);
    }

    private static void Hand(Checks c, string pass, string prefix, Tensor image)
    {
        string stored = prefix + pass;
        Expected[] maps = [.. _handMaps.Where(_ => prefix.Length == 0).Select(map => Map($"{pass}.{map.Tensor}", map.Tap))];
        if (c.Case.Tensors.Contains(pass + ".input"))
        {
            c.Graph(
                "hand",
                "stage",
                HandLandmarks.BuildFromInput,
                session => Fill(c, session, "hand.input", pass + ".input"),
                null,
                [.. maps, .. Outputs(stored)]);
        }

        if (prefix.Length > 0)
        {
            return; // the stored crops are those of the full network
        }

        Crop roi = MediaPipeHandGeometryChecks.Roi(c, pass + ".roi");
        c.Graph(
            "hand",
            "chain",
            g => HandLandmarks.Build(g, crops: 1),
            session => roi.Sampling(HandLandmarks.InputSize).ToMatrix().CopyTo(session.Input<double>("matrix")),
            image,
            [Input(pass + ".input", "hand.input"), .. maps, .. Outputs(stored)]);
    }

    private static Expected[] Outputs(string pass) =>
    [
        new($"{pass}.screen", new Tolerance(5e-3), new Tolerance(0.15)) { Value = "screen" },
        new($"{pass}.world", new Tolerance(2e-5), new Tolerance(5e-4)) { Value = "world" },
        new($"{pass}.presence", new Tolerance(1e-4), new Tolerance(2e-3)) { Value = "presence" },
        new($"{pass}.right", new Tolerance(1e-4), new Tolerance(2e-3)) { Value = "right_hand" },
    ];

    // The stored crop is rounded to float32, 1e-4 pixels of a photo, and neighbouring pixels differ by up to 1.
    private static Expected Input(string tensor, string tap) =>
        new(tensor, new Tolerance(1e-4), new Tolerance(5e-4)) { Value = tap, Reorder = Planar };

    private static Expected Map(string tensor, string tap) =>
        new(tensor, Tolerance.OfMax(1e-4), Tolerance.OfMax(2e-2)) { Value = tap, Reorder = Planar };

    // Vectors are stored without the two axes of a map.
    private static Tensor Planar(Tensor stored) => stored.Shape.Rank == 3 ? Expected.Planar(stored) : stored;

    private static void Fill(Checks c, Session session, string input, string tensor) =>
        Expected.Planar(c.Case.Tensors[tensor]).Span<float>().CopyTo(session.Input<float>(input));
}
