"""A small fully connected network: its shape, how kernels read it, and the weights that it starts from.

The parameters of a net lie layer by layer on one flat vector, weights row-major (out, in), then biases.
"""

from dataclasses import dataclass
from math import sqrt

from speedup.kernels.native import entry, kernel
from speedup.numerics.rng import uniform
from speedup.schema.records import positions

TILE = 128  # samples that kernels work on at a time
NET = positions("Net", "layers activation task")  # then the layers' sizes, inputs first
HEAD = len(NET)  # where these begin
MEASURED = positions("Measured", "train_loss train_accuracy test_loss test_accuracy")  # of a measurement in a training
WEIGHTS = 2  # the stream of random numbers that initial weights draw from

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
INITS = ("default", "glorot", "he", "zeros")
TASKS = ("regression", "classification")


@dataclass(frozen=True)
class Net:
    """The shape of a net: units of each layer, inputs first; the activation of the hidden ones; its task.

    Regression: linear output, mean squared error. Classification: a logit, log loss.
    """

    sizes: tuple[int, ...]
    activation: str
    task: str

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        return sum((n + 1) * m for n, m in zip(self.sizes, self.sizes[1:]))

    @property
    def act(self) -> int:
        """How many float64 kernels need as scratch for `act`: a row of TILE for each unit."""
        return sum(self.sizes) * TILE

    @property
    def delta(self) -> int:
        """The same for `delta`: two rows for each unit of the widest layer, one for a tile's targets."""
        return (2 * max(self.sizes) + 1) * TILE

    def record(self) -> list[float]:
        """Returns the shape as kernels read it: the numbers that NET names (layers of weights), then the sizes."""
        numbers = len(self.sizes) - 1, ACTIVATIONS.index(self.activation), TASKS.index(self.task), *self.sizes
        return [float(number) for number in numbers]


@kernel
def count(net):
    """Counts the parameters of a net."""
    n = 0
    for layer in range(int(net[NET.layers])):
        n += (int(net[HEAD + layer]) + 1) * int(net[HEAD + layer + 1])
    return n


@kernel
def room(net):
    """Returns where in delta a tile's targets lie: after two rows for each unit of the widest layer."""
    widest = 0
    for layer in range(int(net[NET.layers]) + 1):
        widest = max(widest, int(net[HEAD + layer]))
    return 2 * widest * TILE


@entry("params:f64* net:f64* init:i32 seed:i32")
def initialise(params, net, init, seed):
    """Fills in the initial parameters, by the rule `INITS[init]`, drawn from `seed`; uniform in ±bound, biases 0 if not said.

    default: weights and biases ±1/sqrt(in), as PyTorch's Linear; glorot: ±sqrt(6/(in + out)) (Glorot & Bengio 2010);
    he: ±sqrt(6/in) (He et al. 2015); zeros: all 0.
    """
    at = 0
    for layer in range(int(net[NET.layers])):
        ins, outs = int(net[HEAD + layer]), int(net[HEAD + layer + 1])
        bound = 1 / sqrt(ins)
        if init == 1:
            bound = sqrt(6 / (ins + outs))
        elif init == 2:
            bound = sqrt(6 / ins)
        for k in range((ins + 1) * outs):
            random = k < ins * outs or init == 0
            draw = (2 * uniform(seed, WEIGHTS, at + k) - 1) * bound
            params[at + k] = draw if random and init != 3 else 0.0
        at += (ins + 1) * outs
