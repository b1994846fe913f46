"""The scenes at and beyond the edge of stability do what their sentences say."""

import numpy as np

from speedup import sharpness, train
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


def test_a_catapult_throws_the_loss_up_and_lands_where_it_is_flatter():
    run = SCENES["catapult"].run
    (calm, thrown), found = train(run).train_loss, sharpness(run)
    first, last = found.values[:, 0], found.values[:, -1]
    assert found.share[0, 0] < 1 < found.share[1, 0] < 2  # below 2/lr, and between that and 4/lr, as the paper has it
    assert calm.max() == calm[0] and thrown.max() > 10 * thrown[0] and thrown[-1] < calm[-1] < calm[0] / 10
    assert last[1] < 0.75 * first[1] and found.share[1, -1] < 1 and last[0] > 0.9 * first[0]
