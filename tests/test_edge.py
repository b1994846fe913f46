"""The scenes at the edge of stability do what their sentences say."""

import numpy as np

from speedup import sharpness
from speedup.scenes.network_scene import SCENES


def test_sgd_s_sharpness_climbs_to_2_over_lr_and_hovers_there():
    found = sharpness(SCENES["edge"].run)
    last = found.share[:, -(found.share.shape[1] // 3) :]
    assert (found.limits == 2).all() and (found.share[:, 0] < 0.75).all()
    assert (abs(last - 1) < 0.03).all()


def test_adam_s_sharpness_stays_near_38_over_lr():
    found = sharpness(SCENES["adam_edge"].run)
    last = found.share[:, -(found.share.shape[1] // 3) :]
    assert np.allclose(found.limits, 38)
    assert (abs(last - 1) < 0.2).all() and (abs(np.median(last, axis=1) - 1) < 0.12).all()
