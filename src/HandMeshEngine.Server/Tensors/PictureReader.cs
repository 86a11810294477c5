using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Scheduling;

namespace HandMeshEngine.Server.Tensors;

/// <summary>Input tensors to images with what is known about them.</summary>
internal static class PictureReader
{
    private const int Channels = 3;

    /// <exception cref="Refusal">A tensor is missing, unknown, twice there, or of the wrong type or shape.</exception>
    public static Picture[] Read(InferRequest request, ServerLimits limits)
    {
        var tensors = new Dictionary<string, InputTensor>();
        foreach (InputTensor tensor in request.Inputs)
        {
            if (ModelSignature.Inputs.All(info => info.Name != tensor.Name))
            {
                throw Refusal.Invalid($"there is no input of the name that input {tensors.Count} has; the inputs are {string.Join(", ", ModelSignature.Inputs.Select(info => info.Name))}");
            }

            if (!tensors.TryAdd(tensor.Name, tensor))
            {
                throw Refusal.Invalid($"{tensor.Name} is there twice");
            }
        }

        InputTensor image = tensors.GetValueOrDefault(ModelSignature.Image)
            ?? throw Refusal.Invalid($"{ModelSignature.Image} is missing: send BYTES [N, 1] with JPEG, PNG or WebP files, or UINT8 [N, H, W, 3] with RGB pixels");
        Picture[] pictures = ReadImages(image, limits);
        double[]? intrinsics = Numbers(tensors, ModelSignature.Intrinsics, pictures.Length);
        double[]? fields = Numbers(tensors, ModelSignature.FieldOfView, pictures.Length);
        double[]? boxes = Numbers(tensors, ModelSignature.Box, pictures.Length);
        double[]? sizes = Numbers(tensors, ModelSignature.HandSize, pictures.Length);
        double[]? depths = Numbers(tensors, ModelSignature.RootDepth, pictures.Length);
        double[]? bones = Numbers(tensors, ModelSignature.BoneLength, pictures.Length);
        Handedness?[] sides = Sides(tensors.GetValueOrDefault(ModelSignature.Handedness), pictures.Length);
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i] = pictures[i] with
            {
                Intrinsics = intrinsics is null ? null : Known(intrinsics.AsSpan(4 * i, 4))?.ToArray(),
                FieldOfView = Known(fields, i),
                Options = new PredictOptions
                {
                    Box = boxes is not null && Known(boxes.AsSpan(4 * i, 4)) is [double x, double y, double width, double height] ? new HandBox(x, y, width, height) : null,
                    Handedness = sides[i],
                    HandSize = Known(sizes, i),
                    RootDepth = Known(depths, i),
                    BoneLength = Known(bones, i),
                },
            };
        }

        return pictures;
    }

    private static Picture[] ReadImages(InputTensor image, ServerLimits limits)
    {
        long count = image.Shape[0];
        if (count < 1 || count > limits.Batch)
        {
            throw Refusal.Invalid($"{ModelSignature.Image} has {count} images; a request has 1 to {limits.Batch}");
        }

        switch (image.DataType)
        {
            case DataType.Bytes:
                image.RequireShape(ModelSignature.Inputs[0], (int)count);
                return [.. image.Strings.Select(file => new Picture { Bytes = file })];
            case DataType.Uint8 when image.Shape is [_, var height and >= 1, var width and >= 1, Channels]:
                if (width * height > limits.Pixels)
                {
                    throw Refusal.Invalid($"{ModelSignature.Image} has {width}x{height} pixels, more than the limit of {limits.Pixels}; scale it down");
                }

                int bytes = (int)(width * height * Channels);
                return [.. Enumerable.Range(0, (int)count).Select(i => new Picture { Bytes = image.Data.Slice(i * bytes, bytes), Width = (int)width, Height = (int)height })];
            default:
                throw Refusal.Invalid($"{ModelSignature.Image} is {image.DataType.Name()} [{string.Join(", ", image.Shape)}]; send BYTES [N, 1] with JPEG, PNG or WebP files, or UINT8 [N, H, W, 3] with RGB pixels");
        }
    }

    private static double[]? Numbers(Dictionary<string, InputTensor> tensors, string name, int images)
    {
        if (tensors.GetValueOrDefault(name) is not { } tensor)
        {
            return null;
        }

        tensor.RequireShape(ModelSignature.Inputs.First(info => info.Name == name), images);
        return tensor.ToDoubles();
    }

    // In a batch, what is known of one image may not be known of another.
    private static double? Known(double[]? values, int index) => values is null || double.IsNaN(values[index]) ? null : values[index];

    private static double[]? Known(Span<double> row) => double.IsNaN(row[0]) ? null : row.ToArray();

    private static Handedness?[] Sides(InputTensor? tensor, int images)
    {
        var sides = new Handedness?[images];
        if (tensor is null)
        {
            return sides;
        }

        if (tensor.DataType != DataType.Bytes)
        {
            throw Refusal.Invalid($"{tensor.Name} is {tensor.DataType.Name()}; send BYTES: left, right, or nothing where it is not known");
        }

        tensor.RequireShape(ModelSignature.Inputs.First(info => info.Name == tensor.Name), images);
        for (int i = 0; i < images; i++)
        {
            ReadOnlySpan<byte> text = tensor.Strings[i].Span;
            sides[i] = text.IsEmpty ? null
                : text.SequenceEqual("left"u8) ? Handedness.Left
                : text.SequenceEqual("right"u8) ? Handedness.Right
                : throw Refusal.Invalid($"{tensor.Name} of image {i} is none of left, right, or nothing where it is not known");
        }

        return sides;
    }
}
