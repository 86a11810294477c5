using HandMeshEngine.Export.Drawing;

namespace HandMeshEngine.Bench.Accuracy;

/// <summary>The light of a scene: one lamp of some colour, and what the surroundings give back.</summary>
internal sealed record Lamp(string Kind, Light Light)
{
    /// <summary>Soft light from the front, or a hard lamp from the side or behind.</summary>
    public static Lamp Sample(Dice dice)
    {
        string kind = dice.Of(new[] { "soft", "soft", "side" });
        double turn = dice.Between(-1, 1) * (kind == "soft" ? 0.9 : 2.0), up = dice.Between(0.2, 0.9);
        var key = Vector3.Normalize(new Vector3((float)Math.Sin(turn), -(float)up, -(float)Math.Cos(turn)));
        float warm = (float)dice.Normal(0.08);
        float strength = kind == "soft" ? 0.85f : 1.1f, ambient = kind == "soft" ? 1.1f : 0.6f;
        return new Lamp(kind, Light.Studio with
        {
            Key = key,
            KeyColour = new Vector3(1 + warm, 1, 1 - warm) * strength,
            Ground = Light.Studio.Ground * ambient,
            Sky = Light.Studio.Sky * ambient,
            Sheen = 0.05f,
            Rim = 0.03f,
        });
    }
}
