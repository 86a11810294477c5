// A hand as commands for a robot hand of 16 joints: thumb, index, middle and ring finger with four joints each, as several on the market have.
// Prints one message a frame, names and positions in radians, the layout of sensor_msgs/JointState. What the robot cannot reach is clamped and said.
using System.Globalization;
using HandMeshEngine;
using HandMeshEngine.Images;

if (args.Length < 2 || !Enum.TryParse(args[0], ignoreCase: true, out Handedness side))
{
    Console.Error.WriteLine("usage: RobotHand left|right FRAME...   the side that is shown to the camera, and image files in order");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Name, the person's joint, which of its angles, the robot's limits; put those of your hand's description here.
(string Name, HandJoint Joint, char Angle, float Least, float Most)[] robot =
[
    ("thumb_rotation", HandJoint.ThumbMetacarpal, 'a', -0.2f, 1.4f), ("thumb_base", HandJoint.ThumbMetacarpal, 'f', -0.1f, 1.2f),
    ("thumb_middle", HandJoint.ThumbProximal, 'f', -0.2f, 1.6f), ("thumb_tip", HandJoint.ThumbDistal, 'f', -0.2f, 1.7f),
    .. Finger("index", HandJoint.IndexProximal), .. Finger("middle", HandJoint.MiddleProximal), .. Finger("ring", HandJoint.RingProximal),
];

using var estimator = HandEstimator.Open();
HandTracker tracker = estimator.CreateTracker();
HandResult hands = tracker.CreateResult();
float[] positions = new float[robot.Length];
string[] frames = args[1..];
var known = new PredictOptions { Handedness = side };
for (int frame = 0; frame < frames.Length; frame++)
{
    RgbImage image = RgbImage.Load(frames[frame]);
    tracker.Predict(image, Camera.FromExif(image) ?? Camera.Guess(image.Width, image.Height), hands, known);
    if (hands.Count == 0)
    {
        Console.WriteLine($"frame {frame}: no hand; the robot keeps its pose");
        continue;
    }

    HandPose pose = hands[0].Pose;
    var clamped = new List<string>();
    for (int i = 0; i < robot.Length; i++)
    {
        JointAngles bent = pose.Angles[(int)robot[i].Joint];
        float wanted = robot[i].Angle == 'f' ? bent.Flexion : bent.Abduction;
        // A step of a tenth toward the goal would follow slowly but smoothly; here the robot is told the goal.
        positions[i] = Math.Clamp(wanted, robot[i].Least, robot[i].Most);
        if (positions[i] != wanted)
        {
            clamped.Add(robot[i].Name);
        }
    }

    Console.WriteLine($"frame {frame}: name: [{string.Join(", ", robot.Select(joint => joint.Name))}]");
    Console.WriteLine($"frame {frame}: position: [{string.Join(", ", positions.Select(angle => angle.ToString("F3")))}]");
    Console.WriteLine(clamped.Count == 0 ? $"frame {frame}: all within reach" : $"frame {frame}: beyond reach: {string.Join(", ", clamped)}");
}

return 0;

static (string, HandJoint, char, float, float)[] Finger(string name, HandJoint first) =>
[
    ($"{name}_spread", first, 'a', -0.45f, 0.45f), ($"{name}_base", first, 'f', -0.2f, 1.6f),
    ($"{name}_middle", first + 1, 'f', -0.15f, 1.7f), ($"{name}_tip", first + 2, 'f', -0.2f, 1.6f),
];
