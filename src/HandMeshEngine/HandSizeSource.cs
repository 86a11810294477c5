namespace HandMeshEngine;

/// <summary>Where a hand's size came from (docs/systems/mediapipe-hand.md 7.4): it decides how far the hand is.</summary>
public enum HandSizeSource
{
    /// <summary>The caller said it (<see cref="PredictOptions.HandSize"/>).</summary>
    Given,

    /// <summary>The median over the hand's frames of a video.</summary>
    Track,

    /// <summary>Nobody knows: an adult's hand, <see cref="PredictOptions.AdultHandSize"/>.</summary>
    Prior,

    /// <summary>What the network says about this frame, nearly all of which is noise.</summary>
    Network,
}
