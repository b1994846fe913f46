"""What tells the lanes of a race apart, as on the stage: a name and a colour for each. `draw/format.js` has the stage's."""

from collections.abc import Sequence

from speedup.lane import Lane
from speedup.optimizers import OPTIMIZERS
from speedup.words import i18n

APART = 0.9  # of the way from black to white, over which lanes of one optimizer are spread
LIGHTER = 0.15  # on a dark ground
NO_BREAK = "\u00a0"


def names(lanes: Sequence[Lane], lang: str) -> list[str]:
    """Returns "Adam", among several alike "Momentum β 0.99": the first one or two things that differ."""
    return [f"{i18n.text(lang, f'optimizers.{lane.optimizer}')} {_detail(lanes, i)}".strip() for i, lane in enumerate(lanes)]


def colours(lanes: Sequence[Lane], theme: str) -> list[str]:
    """Returns the optimizers' colours, shades of them where several are alike, as "#rrggbb"."""
    found = []
    for i, lane in enumerate(lanes):
        kin = _kin(lanes, i)
        shade = (kin.index(i) / (len(kin) - 1) - 0.5) * APART if len(kin) > 1 else 0
        own = _mixed(OPTIMIZERS[lane.optimizer].colour, 0 if shade < 0 else 255, abs(shade))
        found.append(own if theme == "light" else _mixed(own, 255, LIGHTER))
    return found


def _kin(lanes, i):
    """The numbers of the lanes that have the optimizer of lane i."""
    return [k for k, lane in enumerate(lanes) if lane.optimizer == lanes[i].optimizer]


def _detail(lanes, i):
    own = lanes[i].hyperparameters
    kin = [lanes[k].hyperparameters for k in _kin(lanes, i) if k != i]
    rows = [row for row in OPTIMIZERS[lanes[i].optimizer].hyperparameters if any(one[row.name] != own[row.name] for one in kin)]
    if rows and all(one[rows[0].name] != own[rows[0].name] for one in kin):
        rows = rows[:1]
    return " ".join(f"{row.symbol}{NO_BREAK}{_plain(own[row.name])}" for row in rows[:2])


def _plain(value):
    """As short as it can be typed: 0.05, −3, 2e-4; six significant digits."""
    short = float(f"{value:.6g}")
    if short == 0 or abs(short) >= 1e-3:
        return f"{short:g}"
    digits, exponent = f"{short:.5e}".split("e")
    return f"{float(digits):g}e{int(exponent)}"


def _mixed(colour, target, amount):
    """A colour moved towards black (0) or white (255)."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{int(own + (target - own) * amount + 0.5):02x}" for own in channels)
