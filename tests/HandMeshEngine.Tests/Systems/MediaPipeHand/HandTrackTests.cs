using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>What a track makes of readings, without networks (docs/tracking.md 2).</summary>
public sealed class HandTrackTests
{
    private readonly HandTrack _track = new(TrackerOptions.Default, usesSizePrior: true, [LandmarkMesher.NewHand(), LandmarkMesher.NewHand()]);

    [Fact]
    public void A_few_frames_of_the_other_side_change_nothing_and_a_second_of_them_does()
    {
        Frame(Reading(100, 0.95f));
        for (int i = 0; i < 60; i++)
        {
            Frame(Reading(100, 0.95f));
        }

        for (int i = 0; i < 15; i++)
        {
            Frame(Reading(100, 0.05f));
            Assert.Equal(Handedness.Right, _track.Hands[0].Handedness);
        }

        for (int i = 0; i < 60; i++)
        {
            Frame(Reading(100, 0.05f));
        }

        Assert.Equal(Handedness.Left, _track.Hands[0].Handedness);
    }

    [Fact]
    public void A_side_that_is_unclear_stays_what_it_was()
    {
        for (int i = 0; i < 6; i++)
        {
            Frame(Reading(100, 0.6f));
        }

        for (int i = 0; i < 40; i++)
        {
            Frame(Reading(100, 0.42f));
        }

        Assert.Equal(Handedness.Right, _track.Hands[0].Handedness);
    }

    [Fact]
    public void A_young_track_takes_the_side_that_most_of_its_readings_say()
    {
        Frame(Reading(100, 0.55f));
        Frame(Reading(100, 0.3f));

        Assert.Equal(Handedness.Left, _track.Hands[0].Handedness);
    }

    [Fact]
    public void A_reading_inside_a_hand_that_is_seen_is_part_of_it()
    {
        Frame(Reading(100, 0.9f));
        _track.Meet(Reading(105, 0.85f, size: 40), PredictOptions.None);

        Assert.Equal(1, _track.Hands.Length);
    }

    [Fact]
    public void Of_two_tracks_on_one_hand_a_young_one_goes_and_an_old_one_hides()
    {
        Frame(Reading(100, 0.9f));
        Frame(Reading(100, 0.9f), Reading(300, 0.9f));
        Frame(Reading(100, 0.9f), Reading(104, 0.9f));
        Assert.Equal(1, _track.Hands.Length);

        for (int i = 0; i < 6; i++)
        {
            Frame(Reading(100, 0.9f), Reading(300, 0.9f));
        }

        Frame(Reading(100, 0.9f), Reading(104, 0.9f));
        Assert.Equal([true, false], _track.Hands.ToArray().Select(hand => hand.IsSeen));
        Assert.Equal([0, 2], _track.Hands.ToArray().Select(hand => hand.Id));
    }

    [Fact]
    public void Hands_that_are_read_as_one_another_are_put_right()
    {
        for (int i = 0; i < 6; i++)
        {
            Frame(Reading(100, 0.95f), Reading(300, 0.05f));
        }

        Frame(Reading(290, 0.1f), Reading(110, 0.9f));

        Assert.Equal(110, _track.Hands[0].Now.PalmCentre.X, 1f);
        Assert.Equal(290, _track.Hands[1].Now.PalmCentre.X, 1f);
    }

    [Fact]
    public void A_hand_of_surely_the_other_side_or_another_size_does_not_come_back_as_the_one_that_left()
    {
        for (int i = 0; i < 3; i++)
        {
            Frame(Reading(100, 0.95f));
        }

        Frame((Landmarks?)null);
        _track.Meet(Reading(100, 0.02f), PredictOptions.None);
        Assert.Equal([0, 1], _track.Hands.ToArray().Select(hand => hand.Id));
        _track.Reset();
        Assert.Equal(0, _track.Hands.Length);
    }

    [Fact]
    public void A_hand_that_is_seen_takes_the_place_of_one_that_is_not()
    {
        Frame(Reading(100, 0.95f));
        Frame(Reading(100, 0.95f), Reading(400, 0.95f));
        Frame(null, Reading(400, 0.95f));
        _track.Meet(Reading(700, 0.95f), PredictOptions.None);

        Assert.Equal([1, 2], _track.Hands.ToArray().Select(hand => hand.Id));
    }

    // What each followed hand reads in the next frame; further readings are new hands.
    private void Frame(params Landmarks?[] readings)
    {
        _track.Tick(null);
        int known = _track.Hands.Length;
        for (int i = 0; i < known; i++)
        {
            TrackedHand hand = _track.Hands[i];
            hand.HasReading = i < readings.Length && readings[i] is not null;
            if (hand.HasReading)
            {
                readings[i]!.CopyTo(hand.Reading);
            }
        }

        _track.Settle();
        foreach (TrackedHand hand in _track.Hands)
        {
            _track.Take(hand);
        }

        foreach (Landmarks? reading in readings.Skip(known))
        {
            _track.Meet(reading!, PredictOptions.None);
        }

        _track.Forget();
    }

    // A hand that points up, its palm's middle at x.
    private static Landmarks Reading(float x, float right, float size = 100)
    {
        var reading = new Landmarks { RightProbability = right, Presence = 1 };
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            int finger = (i - 1) / 4;
            reading.Uv[i] = i == 0 ? new Vector2(0, 1) : new Vector2((finger - 2) * 0.2f, -0.1f - (0.15f * ((i - 1) % 4)));
        }

        Vector2 shift = new Vector2(x, 200) - (size * reading.PalmCentre);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            reading.Uv[i] = (size * reading.Uv[i]) + shift;
        }

        reading.NextCrop = HandCrops.FromLandmarks(reading.Uv);
        reading.Crop = reading.NextCrop;
        return reading;
    }
}
