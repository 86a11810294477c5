"""An ImageNet start of ResNet trunks.

    python3 imagenet.py ResNet18.onnx trunk.safetensors      from NuGet's Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 (needs `onnx`)
    python3 imagenet.py resnet50.pth  trunk.safetensors      from torchvision's own file, any depth

The keys are those of `blocks.ResNet`: `train.py --start trunk.safetensors` puts them under every trunk with a stem that has their
shapes. The package's network has a third unit in layer4, which is dropped, and reads BGR 0..255 less a mean image; both are folded
into the stem for RGB in -1..1 (the mean image by its mean of each channel).
"""
import sys

import numpy as np

import synth

MEAN = (103.063, 115.903, 123.152)                       # of the package's mean image, blue green red

# key: convolution, then weight, bias, running mean and variance of its norm
UNITS = {
    "conv1/bn1": (91, 96, 97, 98, 99),
    "layer1.0.conv1/bn1": (86, 113, 114, 115, 116), "layer1.0.conv2/bn2": (82, 127, 128, 129, 130),
    "layer1.1.conv1/bn1": (77, 144, 145, 146, 147), "layer1.1.conv2/bn2": (73, 158, 159, 160, 161),
    "layer2.0.conv1/bn1": (68, 175, 176, 177, 178), "layer2.0.conv2/bn2": (64, 189, 190, 191, 192),
    "layer2.0.downsample.0/1": (199, 203, 204, 205, 206),
    "layer2.1.conv1/bn1": (59, 220, 221, 222, 223), "layer2.1.conv2/bn2": (55, 234, 235, 236, 237),
    "layer3.0.conv1/bn1": (50, 251, 252, 253, 254), "layer3.0.conv2/bn2": (46, 265, 266, 267, 268),
    "layer3.0.downsample.0/1": (275, 279, 280, 281, 282),
    "layer3.1.conv1/bn1": (41, 296, 297, 298, 299), "layer3.1.conv2/bn2": (37, 310, 311, 312, 313),
    "layer4.0.conv1/bn1": (32, 327, 328, 329, 330), "layer4.0.conv2/bn2": (28, 341, 342, 343, 344),
    "layer4.0.downsample.0/1": (351, 355, 356, 357, 358),
    "layer4.1.conv1/bn1": (23, 372, 373, 374, 375), "layer4.1.conv2/bn2": (19, 386, 387, 388, 389),
}


def from_initialisers(arrays):
    """State of a ResNet-18 trunk from the package's initialisers by name."""
    state = {}
    for place, (conv, gain, bias, mean, variance) in UNITS.items():
        left, norm = place.split("/")
        prefix = left.rpartition(".")[0]
        norm = (prefix + "." if prefix else "") + norm
        state[left + ".weight"] = arrays["Parameter%d" % conv]
        state.update({norm + ".weight": arrays["Parameter%d" % gain], norm + ".bias": arrays["Parameter%d" % bias],
                      norm + ".running_mean": arrays["Constant%d" % mean], norm + ".running_var": arrays["Constant%d" % variance]})
    stem = state["conv1.weight"].astype(np.float64)
    shift = 127.5 - np.array(MEAN)                        # at 0 of our input, the channel holds 127.5
    state["bn1.running_mean"] = state["bn1.running_mean"] - (stem.sum((2, 3)) * shift).sum(1)
    state["conv1.weight"] = 127.5 * stem[:, ::-1]
    return {k: np.ascontiguousarray(v, np.float32) for k, v in state.items()}


def read(path):
    """State of a trunk from an .onnx of the package, a .pth of torchvision, or a file that this command wrote."""
    if path.endswith(".onnx"):
        import onnx
        from onnx import numpy_helper
        return from_initialisers({t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer})
    if path.endswith(".safetensors"):
        return dict(synth.load_safetensors(path))
    import torch
    state = torch.load(path, map_location="cpu")
    return {k: v.numpy() for k, v in state.items() if not k.startswith("fc.") and not k.endswith("num_batches_tracked")}


def start(model, state):
    """Copies a trunk into every ResNet with a stem in the model; the names of those that took it. A trunk of another depth fits none."""
    import torch
    from blocks import ResNet
    taken = []
    for name, module in model.named_modules():
        if isinstance(module, ResNet) and module.stem:
            own = module.state_dict()
            wanted = [k for k in own if not k.endswith("num_batches_tracked") and not k.startswith("reduce.")]
            if all(k in state and tuple(state[k].shape) == tuple(own[k].shape) for k in wanted):
                module.load_state_dict({k: torch.from_numpy(np.array(state[k])) for k in wanted}, strict=False)
                taken.append(name)
    return taken


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    trunk = read(sys.argv[1])
    synth.save_safetensors(sys.argv[2], trunk, {"model": "resnet", "source": sys.argv[1].rpartition("/")[2]})
    print("%s: %d tensors" % (sys.argv[2], len(trunk)))
