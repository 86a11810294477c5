namespace HandMeshEngine.Bench.Accuracy;

/// <summary>Runs scenes under conditions.</summary>
internal sealed class Trial(HandEstimator estimator)
{
    private readonly ScenePainter _painter = new();

    /// <summary>Sees every picture with what is found in it, or is null.</summary>
    public Action<string, RgbImage, HandResult>? Watch { get; init; }

    /// <summary>Every scene under one condition.</summary>
    /// <param name="scenes">What is seen.</param>
    /// <param name="condition">How it is seen.</param>
    /// <param name="known">What the caller knows of a person; null: nothing.</param>
    public Judgement[] Renders(IReadOnlyList<Scene> scenes, Condition condition, Func<Person, PredictOptions>? known = null)
    {
        var judged = new Judgement[scenes.Count];
        for (int i = 0; i < scenes.Count; i++)
        {
            PlacedHand placed = scenes[i].Place(condition);
            RgbImage picture = _painter.Paint(scenes[i], placed, condition);
            HandResult result = estimator.Predict(picture, placed.Camera, known?.Invoke(scenes[i].Person) ?? PredictOptions.None);
            judged[i] = Judgement.Of(result, placed, scenes[i].Person.Side, condition);
            Watch?.Invoke($"{condition.Group}-{condition.Name}-{i:000}", picture, result);
        }

        return judged;
    }

    /// <summary>The rig fitted to true joints.</summary>
    public static Judgement[] Fits(IReadOnlyList<Scene> scenes) => [.. scenes.Select(scene => Judgement.OfFit(scene.Place(Condition.Usual), Condition.Usual))];

    /// <summary>Backdrops without a hand: whatever is found is wrong.</summary>
    public Judgement[] Empty(IReadOnlyList<Scene> scenes, Condition condition)
    {
        var judged = new Judgement[scenes.Count];
        for (int i = 0; i < scenes.Count; i++)
        {
            var picture = new RgbImage(condition.Width, condition.Height);
            scenes[i].Backdrop.Paint(picture);
            ScenePainter.Expose(picture, condition, scenes[i].Noise);
            HandResult result = estimator.Predict(picture, Camera.Guess(picture.Width, picture.Height));
            judged[i] = new Judgement(false, result.Count, false);
            Watch?.Invoke($"empty-{condition.Name}-{i:000}", picture, result);
        }

        return judged;
    }

    /// <summary>Hands of photos, pasted into large frames. The truth is what is read from the photo itself.</summary>
    public Judgement[] Pasted(IReadOnlyList<PhotoHand> hands, Condition condition, int draws)
    {
        var judged = new List<Judgement>();
        Span<Vector2> truth = stackalloc Vector2[HandMesh.JointCount];
        foreach (PhotoHand hand in hands)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                var dice = new Dice((97 * draw) + judged.Count);
                RgbImage frame = hand.InFrame(condition.Width, condition.Height, condition.HandPixels!.Value, dice, truth);
                ScenePainter.Expose(frame, condition, dice.Seed());
                HandResult result = estimator.Predict(frame, Camera.Guess(condition.Width, condition.Height));
                (int index, int others) = Judgement.Match(result, truth);
                judged.Add(new Judgement(index >= 0, others, index >= 0 && result[index].Handedness == hand.Reading.Handedness)
                {
                    Keypoints = index < 0 ? double.NaN : result[index].Keypoints.ToArray().Zip(truth.ToArray(), Vector2.Distance).Average() / Judgement.LongestSide(truth),
                });
                Watch?.Invoke($"photo-{condition.Group}-{condition.Name}-{hand.Name}-{draw}", frame, result);
            }
        }

        return [.. judged];
    }
}
