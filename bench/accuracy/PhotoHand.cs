namespace HandMeshEngine.Bench.Accuracy;

/// <summary>A photo with one hand: where the hand is, and what the photo shows without it.</summary>
internal sealed class PhotoHand
{
    private PhotoHand(string name, RgbImage photo, HandMesh reading)
    {
        (Name, Photo, Reading) = (name, photo, reading);
    }

    /// <summary>Its file's name.</summary>
    public string Name { get; }

    /// <summary>The photo.</summary>
    public RgbImage Photo { get; }

    /// <summary>What is read from the untouched photo; stands for the truth, which nobody knows.</summary>
    public HandMesh Reading { get; }

    /// <summary>Every hand of the photos in a folder, file by file.</summary>
    public static List<PhotoHand> Load(string folder, HandEstimator estimator)
    {
        var hands = new List<PhotoHand>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            RgbImage photo = RgbImage.Load(file);
            foreach (HandMesh hand in estimator.Predict(photo, Camera.Guess(photo.Width, photo.Height)))
            {
                hands.Add(new PhotoHand(Path.GetFileNameWithoutExtension(file), photo, hand.Clone()));
            }
        }

        return hands;
    }

    /// <summary>The photo with the hand's surroundings grown over it from the edges of its crop.</summary>
    public RgbImage Background()
    {
        var result = new RgbImage(Photo.Width, Photo.Height, Photo.Pixels);
        (int left, int top, int right, int bottom) = Box(1.05);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                // Of the four edges the near ones count; those at the photo's border show hand or arm.
                double sum = 0;
                Vector3 colour = default;
                void Add(int u, int v, double distance, bool isInside)
                {
                    double weight = isInside ? 1 / (distance + 1) : 1e-6;
                    ReadOnlySpan<byte> pixel = Photo.Row(v).Slice(3 * u, 3);
                    colour += new Vector3(pixel[0], pixel[1], pixel[2]) * (float)weight;
                    sum += weight;
                }

                Add(left, y, x - left, left > 0);
                Add(right, y, right - x, right < Photo.Width - 1);
                Add(x, top, y - top, top > 0);
                Add(x, bottom, bottom - y, bottom < Photo.Height - 1);
                colour /= (float)sum;
                Span<byte> to = result.Row(y).Slice(3 * x, 3);
                (to[0], to[1], to[2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
            }
        }

        return result;
    }

    /// <summary>
    /// The hand with its surroundings at another size in a larger frame, whose rest is the photo's background, stretched.
    /// </summary>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    /// <param name="crop">Side of the hand's crop in the frame, pixels; the hand is about 0.8 of it.</param>
    /// <param name="dice">Where it stands.</param>
    /// <param name="truth">[21], written: keypoints in the frame.</param>
    public RgbImage InFrame(int width, int height, double crop, Dice dice, Span<Vector2> truth)
    {
        double side = Reading.Crop.Width, factor = crop / side;
        double x0 = dice.Between(crop / 2, width - (crop / 2)), y0 = dice.Between(crop / 2, height - (crop / 2));
        var frame = new RgbImage(width, height);
        RgbImage around = Background();
        (int left, int top, int right, int bottom) = Box(1);
        int taps = Math.Max(1, (int)Math.Round(1 / factor));
        Span<double> sum = stackalloc double[3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double u = ((x - x0) / factor) + Reading.Crop.CenterX, v = ((y - y0) / factor) + Reading.Crop.CenterY;
                double inside = Math.Min(Math.Min(u - left, right - u), Math.Min(v - top, bottom - v)) / (0.06 * side);
                Span<byte> to = frame.Row(y).Slice(3 * x, 3);
                double back = (double)x / width * (around.Width - 1), down = (double)y / height * (around.Height - 1);
                around.Row((int)down).Slice(3 * (int)back, 3).CopyTo(to);
                if (inside <= 0)
                {
                    continue;
                }

                sum.Clear();
                for (int i = 0; i < taps * taps; i++)
                {
                    double a = u + ((((i % taps) + 0.5) / taps) - 0.5) / factor, b = v + ((((i / taps) + 0.5) / taps) - 0.5) / factor;
                    ReadOnlySpan<byte> pixel = Photo.Row(Math.Clamp((int)(b + 0.5), 0, Photo.Height - 1)).Slice(3 * Math.Clamp((int)(a + 0.5), 0, Photo.Width - 1), 3);
                    (sum[0], sum[1], sum[2]) = (sum[0] + pixel[0], sum[1] + pixel[1], sum[2] + pixel[2]);
                }

                double share = Math.Min(inside, 1);
                for (int c = 0; c < 3; c++)
                {
                    to[c] = (byte)((share * sum[c] / (taps * taps)) + ((1 - share) * to[c]) + 0.5);
                }
            }
        }

        for (int i = 0; i < truth.Length; i++)
        {
            truth[i] = new Vector2(
                (float)(((Reading.Keypoints[i].X - Reading.Crop.CenterX) * factor) + x0), (float)(((Reading.Keypoints[i].Y - Reading.Crop.CenterY) * factor) + y0));
        }

        return frame;
    }

    // The crop, upright, a little larger, within the photo.
    private (int Left, int Top, int Right, int Bottom) Box(double grown)
    {
        double half = Reading.Crop.Width * grown / 2;
        return ((int)Math.Clamp(Reading.Crop.CenterX - half, 0, Photo.Width - 1), (int)Math.Clamp(Reading.Crop.CenterY - half, 0, Photo.Height - 1),
            (int)Math.Clamp(Reading.Crop.CenterX + half, 0, Photo.Width - 1), (int)Math.Clamp(Reading.Crop.CenterY + half, 0, Photo.Height - 1));
    }
}
