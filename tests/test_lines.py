"""The lines of updates along a path: the library's anatomy, and in the browser the same to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, anatomy, simulate
from speedup.decay import Decay
from speedup.export.typeset import lines, plain, typeset
from speedup.kernels.apart import take_apart
from speedup.optimizers import UPDATES
from speedup.race.slopes import slopes_along
from speedup.scenes.surfaces_scene import Scene, read_scene, scene_from_json, scene_json
from speedup.schema.parameters import hyper_record
from speedup.study.anatomy import slots
from speedup.study.lines import lines_along
from tests.modules import evaluate
from tests.test_wasm import assert_same_bits, in_javascript, natively

SPEC = RaceSpec("beale", steps=9, lanes=tuple(Lane(name, lr=0.01, weight_decay=0.02) for name in OPTIMIZERS), noise=0.3, seed=5)


def slopes(spec, lane):
    """What `slopes_along` takes: of a lane by its number, its own path, and slopes still NaN."""
    surface = SURFACES[spec.surface]
    numbers = spec.noise, spec.steps, surface.index, spec.seed
    return np.full((2, spec.steps), np.nan), simulate(spec).paths[lane].ravel(), np.array(surface.record(spec.params)), *numbers


def arguments(spec, lane, i):
    """What `lines_along` takes, of x or y; what is computed is still NaN."""
    row = OPTIMIZERS[spec.lanes[lane].optimizer]
    gradients, path, *_ = given = slopes(spec, lane)
    slopes_along(*given)
    h, count = np.array(hyper_record(spec.lanes[lane].hyperparameters)), len(take_apart(UPDATES[row.index]).lines)
    found = [np.full((spec.steps + more, n), np.nan) for more, n in ((0, count), (1, 3), (1, len(Decay._fields)))]
    return *found, path.reshape(-1, 3)[:-1, i].copy(), gradients[i].copy(), h, count, 0, spec.steps, row.index


@pytest.mark.parametrize("lane", range(len(OPTIMIZERS)), ids=OPTIMIZERS)
@pytest.mark.parametrize("decay", [0.0, 0.02])
def test_they_are_the_library_s(lane, decay):
    spec = replace(SPEC, lanes=tuple(Lane(name, lr=0.01, weight_decay=decay) for name in OPTIMIZERS))
    library, found = [anatomy(spec, lane, step) for step in range(spec.steps)], list(lines(spec.lanes[lane].optimizer))
    for i in range(2):
        values, states, decays, _, gradients, *_ = given = arguments(spec, lane, i)
        lines_along(*given)
        for step, one in enumerate(library):
            assert [line.name for line in one.lines] == [line.name for _, line in found]
            assert_same_bits(values[step, [at for at, _ in found]], np.array([line.value[i] for line in one.lines]))
            assert gradients[step] == one.gradient[i] and decays[step + 1].tolist() == list(one.decay.values())
            slot = slots(spec.lanes[lane].optimizer)
            assert_same_bits(states[step, [*slot.values()]], np.array([one.before[name][i] for name in slot]))


def test_they_go_on_from_any_step():
    for lane in range(len(SPEC.lanes)):
        values, states, decays, weights, gradients, h, count, *_, index = given = arguments(SPEC, lane, 1)
        lines_along(*given)
        later = (
            np.full((4, count), np.nan),
            states[5:].copy(),
            decays[5:].copy(),
            weights[5:],
            gradients[5:],
            h,
            count,
            5,
            4,
            index,
        )
        later[1][1:] = later[2][1:] = np.nan
        lines_along(*later)
        for one, other in zip((values[5:], states[5:], decays[5:]), later):
            assert_same_bits(one, other)


def test_the_browser_s_are_the_same():
    lanes = range(len(SPEC.lanes))
    calls = [("slopes_along", *slopes(SPEC, lane)) for lane in lanes]
    calls += [("lines_along", *arguments(SPEC, lane, i)) for lane in lanes for i in range(2)]
    flat = [[one.ravel() if isinstance(one, np.ndarray) else one for one in call] for call in calls]
    plain = [[np.nan_to_num(one) if isinstance(one, np.ndarray) else one for one in call] for call in flat]  # JSON has no NaN
    for ours, theirs in zip(natively(flat), in_javascript(plain), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            assert_same_bits(one, other)


SHOWN = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const race = kernels.race(arg);
  return race.lanes.map((_, index) => new it.Anatomy(kernels, race, index)).map((one, index) =>
    [one.last, one.from(4), one.move(4), one.gradient(4), one.remembers, one.carried(4), one.rates(4), kernels.tables.optimizers[arg.lanes[index].optimizer].anatomy.shown.map(
      ({ at }) => one.line(at, 4))]);
})()"""


def test_the_stage_reads_what_the_library_says():
    for lane, found in enumerate(evaluate("model/anatomy", SHOWN, scene_json(Scene(SPEC)))):
        one = anatomy(SPEC, lane, 4)
        last, weights, move, gradient, remembers, carried, rates, values = found
        assert last == SPEC.steps - 1 and weights == one.weights.tolist() and gradient == one.gradient.tolist()
        assert move == one.move.tolist() and values == [line.value.tolist() for line in one.lines]
        assert remembers == ("m" in one.before) and (remembers or carried == [0, 0])
        if SPEC.lanes[lane].optimizer == "momentum":
            decayed = one.gradient + 0.02 * one.weights
            assert carried == pytest.approx(one.move + 0.01 * decayed, rel=1e-9)
            assert rates == pytest.approx(0.01 * decayed / one.gradient)
        if SPEC.lanes[lane].optimizer == "rmsprop":
            assert rates == pytest.approx(-one.move / one.gradient)


NEWTON = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  return arg.map(([surface, params, ...point]) => it.newtonStep(kernels, { surface, params }, point));
})()"""


def test_newton_s_step_leads_to_the_minimum_of_a_quadratic_and_nowhere_from_a_saddle():
    points = [["booth", {}, -4.0, 7.0], ["long_valley", {"condition": 90, "angle": 20}, 3.0, 1.0], ["saddle", {}, 1.0, 1.0]]
    top = ["himmelblau", {}, -0.270845, -0.923039]  # its local maximum, as it is published
    booth, valley, saddle, maximum = evaluate("model/newton", NEWTON, [*points, top])
    assert booth == pytest.approx([1 + 4, 3 - 7]) and valley == pytest.approx([-3, -1]) and saddle is maximum is None


@pytest.mark.parametrize("x, y", [(-0.5, 1.4), (1.5, 1.4)])
def test_newton_s_step_solves_for_it(x, y):
    """Rosenbrock's derivatives, by hand."""
    g = [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]
    hessian = np.array([[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200]])
    [found] = evaluate("model/newton", NEWTON, [["rosenbrock", {}, x, y]])
    curved_upwards = np.linalg.eigvalsh(hessian)[0] > 0
    assert curved_upwards == (x > 0)
    assert found == pytest.approx(-np.linalg.solve(hessian, g)) if curved_upwards else found is None


ARROWS = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { Anatomy } = await import("./model/anatomy.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const race = kernels.race(arg), stage = { spec: arg, words: (key) => key };
  return arg.lanes.map((_, index) => it.arrowsOf(stage, { anatomy: new Anatomy(kernels, race, index), step: 4, index }));
})()"""


def test_the_arrows_are_the_parts_of_the_step():
    """Against the gradient, in PyTorch's momentum by what is left of the last step, and to where the step leads."""
    for lane, arrows in enumerate(evaluate("race/step_arrows", ARROWS, scene_json(Scene(SPEC)))):
        one, vectors = anatomy(SPEC, lane, 4), {arrow["part"]: arrow["vector"] for arrow in arrows}
        lr = one.hyperparameters["lr"]
        assert vectors["gradient"] == pytest.approx(-lr * one.gradient) and vectors["step"] == one.move.tolist()
        assert ("momentum" in vectors) == ("m" in one.before)
        if SPEC.lanes[lane].optimizer == "momentum":
            assert vectors["momentum"] == pytest.approx(-lr * one.hyperparameters["momentum"] * one.before["m"])


def test_arrows_are_drawn_as_much_longer_as_one_sees_them():
    lengths = [50, 40, 39, 13, 4.1, 0.07, 1e-9, 0, None]
    found = evaluate("race/step_arrows", "arg.map((length) => it.magnified(length ?? NaN, 40))", lengths)
    assert found == [1, 1, 2, 5, 10, 1000, 1, 1, 1]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_shows_the_slots_in_use(name):
    """By their text: the update isn't run for that."""
    assert [line.name for _, line in lines(name) if line.slot is not None] == list(slots(name))


@pytest.mark.parametrize(
    "source, text",
    [
        ("m = h.beta1 * m + (1 - h.beta1) * g", "m = β₁·m + (1 − β₁)·g"),
        ("v = h.rho * v + (1 - h.rho) * g * g", "v = ρ·v + (1 − ρ)·g²"),
        ("v += g * g", "v += g²"),
        ("w -= h.lr * h.weight_decay * w", "w −= lr·λ·w"),
        ("d = sqrt(u + h.eps) / sqrt(v + h.eps) * g", "d = (√(u + ε) / √(v + ε))·g"),
        ("sign = c / abs(c) if c != 0 else 0.0", "sign = c / |c| if c ≠ 0 else 0"),
        ("u = max(h.beta2 * u, abs(g) + h.eps)", "u = max(β₂·u, |g| + ε)"),
        ("m_hat = unbias(m, decay.beta1, h)", "m\u0302 = m / (1 − β₁ᵗ)"),
        ("w = w - h.lr * m_hat / (sqrt(v_hat) + h.eps)", "w = w − lr·m\u0302 / (√v\u0302 + ε)"),
        ("a = b - (c - d) / (e * f) - (g + 1.5)", "a = b − (c − d) / (e·f) − (g + 1.5)"),
        ("a = b[0] ** c", "a = b[0] ** c"),
    ],
)
def test_lines_are_set_as_mathematics(source, text):
    assert typeset(source) == text


def test_without_correction_nothing_is_divided():
    assert typeset("m_hat = unbias(m, decay.beta1, h)", corrected=False) == "m\u0302 = m"
    by_name = {one["name"]: one for one in plain("nadam")["shown"]}
    assert by_name["m\u0302"]["text"] == "m\u0302 = μ′·m / (1 − Πμ·μ′) + (1 − μ)·g / (1 − Πμ)"
    assert by_name["w"]["uncorrected"] == "w = w − lr·m\u0302 / (√v + ε)"


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("surface", "booth"), ("panel", "step")])
    assert not problems and scene.panel == "step" and scene_from_json(scene_json(scene)) == scene
