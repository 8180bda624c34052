"""The network: a picture of 64 x 64 in, a direction in 96 dimensions out; marks that look alike point alike.

Plain convolutions with batch normalisation, as in He et al. 2016, made small: 0.6 million weights.
"""

from __future__ import annotations

import torch
from torch import nn

SIDE = 64  # pixels of a side of the input
DIMENSIONS = 96
WIDTHS = (24, 48, 96, 128)


class Residual(nn.Module):
    """Two convolutions whose result is added to what came in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Same shape as `x`."""
        return torch.relu(x + self.body(x))


class Network(nn.Module):
    """RGB in 0..255, [n, 3, 64, 64], to unit vectors [n, 96]."""

    def __init__(self) -> None:
        super().__init__()
        stages: list[nn.Module] = []
        before = 3
        for number, width in enumerate(WIDTHS):
            stages += [
                nn.Conv2d(before, width, 3, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            ]
            if number > 0:
                stages.append(Residual(width))
            before = width
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(before * 4, DIMENSIONS)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Unit vectors; the last map is pooled over its four quarters, so that layout counts."""
        x = self.stages((pixels - 127.5) / 64.0)
        n, c, h, w = x.shape
        x = x.reshape(n, c, 2, h // 2, 2, w // 2).mean(dim=(3, 5)).flatten(1)
        return nn.functional.normalize(self.head(x), dim=1)
