"""The limit instrument: what it draws is the library's, and it is part of the link."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, RaceSpec, sharpness
from speedup.scenes.surfaces_scene import Scene, read_scene, scene_from_json, scene_json
from tests.modules import evaluate

SPEC = RaceSpec("beale", steps=40, lanes=tuple(Lane(name, lr=0.01, weight_decay=0.02) for name in OPTIMIZERS), noise=0.3, seed=5)
FELT = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const race = kernels.race(arg);
  return race.lanes.map((_, index) => it.feltBy(kernels, race, index)).map(({ limit, shares }) => ({ limit, shares: [...shares] }));
})()"""


def test_shares_are_the_library_s():
    """JSON has null for NaN."""
    lanes, wanted = evaluate("model/sharpness", FELT, scene_json(Scene(SPEC))), sharpness(SPEC)
    for lane, found, limit, shares in zip(SPEC.lanes, lanes, wanted.limits, wanted.share, strict=True):
        values = [np.nan if share is None else share for share in found["shares"]]
        assert values[1:] == pytest.approx(shares[1:], rel=1e-15, nan_ok=True)
        assert np.isnan(values[0]) == ("eps" in lane.hyperparameters or lane.optimizer == "lion")
        assert found["limit"] == (None if np.isnan(limit) else limit)


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("surface", "booth"), ("panel", "limit")])
    assert not problems and scene.panel == "limit" and scene_from_json(scene_json(scene)) == scene
