"""Optimisers, rates, batches and initialisation of the five systems; (P) a paper states it, (C) released code, (?) our default."""
import torch
import torch.nn as nn

SCHEDULES = {
    # optimiser, rate, {epoch: factor}, epochs, batch
    "inceptiongraph": ("adam", 1e-4, {40: 0.1}, 50, 32),                              # all (P)
    "pixelaligned": ("adam", 1e-4, {35: 0.1}, 50, 64),                                # all (P)
    "handar": ("adam", 1e-4, {10: 0.1, 20: 0.1}, 25, 64),                             # (P), 32 on each of two GPUs
    "handdgp": ("adam", 1e-4, {30: 0.1}, 38, 96),                                     # (?), epochs as MobRecon's
    "graphhand": ("rmsprop", 1e-3, {}, 100, 32),                                      # (P) but epochs and batch (?)
}
FINE_TUNING = {"graphhand": 1e-4}                                                     # stages 3 and 4 (P)
CONSISTENCY_EPOCH = 5                                                                 # handdgp's two views, from the sixth epoch on (?)


def optimiser(system, parameters, rate):
    """Weight decay, clipping and warm-up are stated by no paper: none."""
    kind = torch.optim.RMSprop if SCHEDULES[system][0] == "rmsprop" else torch.optim.Adam
    return kind([p for p in parameters if p.requires_grad], lr=rate)


def rate_at(system, epoch, base):
    for step, factor in SCHEDULES[system][2].items():
        if epoch >= step:
            base *= factor
    return base


def initialise(system, model):
    """Kaiming-normal where a paper says so: inceptiongraph's ResNet parts, the new layers of handar; the rest is PyTorch's default."""
    for name, module in model.named_modules():
        resnet = name.startswith(("encoder", "mesh_encoder"))
        new = not name.startswith(("pose_backbone", "mesh_backbone"))
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
            if (system == "inceptiongraph" and resnet) or (system == "handar" and new and not name.startswith("gcn")):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
    return model


def trained_parts(system, model, stage):
    """Parameters that a stage trains; only graphhand has stages (docs/training.md)."""
    if system != "graphhand" or stage == "4":
        return list(model.parameters())
    parts = {"1a": [model.net_hm], "3": [model.net_hm], "1b": [model.net_mesh_pose], "2": [model.net_hm, model.net_feat_mesh]}[stage]
    return [p for part in parts for p in part.parameters()]
