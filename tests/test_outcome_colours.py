"""The colours of outcomes differ for all eyes, as Machado, Oliveira & Fernandes 2009 say how the colour-blind see."""

from itertools import combinations

import numpy as np
import pytest

from tests.modules import evaluate

EYES = {
    "all colours": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = np.array([0.95047, 1, 1.08883])
APART = 20  # in CIELAB, where 2 can just be seen side by side


def lab(rgb, eye):
    """CIELAB of an sRGB colour as an eye sees it."""
    shares = np.array(rgb) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(XYZ @ np.clip(eye @ linear, 1e-3, 1) / WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.fixture(scope="module")
def colours():
    return evaluate("instruments/outcome_plot", "it.COLOURS")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_are_apart_for_all_eyes(colours, theme):
    for name, eye in EYES.items():
        for one, other in combinations(colours[theme], 2):
            distance = np.linalg.norm(lab(colours[theme][one], np.array(eye)) - lab(colours[theme][other], np.array(eye)))
            assert distance > APART, (name, one, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_early_arrival_stands_out_most_and_the_ramp_is_one_of_lightness(colours, theme):
    light = {name: lab(colour, np.eye(3))[0] for name, colour in colours[theme].items()}
    assert abs(light["soon"] - light["going"]) > abs(light["late"] - light["going"]) > 10
    assert abs(light["soon"] - light["late"]) > 35
