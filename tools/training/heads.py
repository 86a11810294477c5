"""Parts that are used in training only and never converted."""
import torch.nn as nn


class PoseAndSilhouette(nn.Module):
    """pixelaligned's 2D supervision on Q_1: channel 0 the silhouette, 1 to 21 the joints' maps, as logits.

    The paper states neither place nor form; one 1x1 convolution on the finest map is this project's choice.
    """

    def __init__(self, channels=64):
        super().__init__()
        self.maps = nn.Conv2d(channels, 22, 1)

    def forward(self, q1):
        y = self.maps(q1)
        return y[:, :1], y[:, 1:]
