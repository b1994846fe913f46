"""The optimizers: each a pure scalar update, written as its paper writes it, and the table of them all.

An update handles one coordinate of one parameter vector:

    adam(w, g, state, decay, h) -> (w, state)

w is the weight, g the gradient there, `state = (m, v, u)` what the optimizer remembers of that coordinate (all zero
at the start, slots it doesn't need stay zero), `decay` the running products that belong to the step and not to a
coordinate (see `speedup.decay`), and h the hyperparameters. All are float64. A NaN gradient gives a NaN weight; nothing is
clipped. The semantics are `torch.optim`'s, but for Lion, which PyTorch lacks. In UPDATES weight decay is added to the
gradient (L2, as PyTorch does), but for AdamW and Lion, which decay the weight itself.
"""

from itertools import count
from math import sqrt

from speedup import limits
from speedup.decay import unbias
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import kernel
from speedup.schema.frozen import Table
from speedup.schema.parameters import Optimizer, hyperparameters

DECOUPLED = "adamw", "lion"  # these take the weight decay off the weight itself


@kernel
def sgd(w, g, state, decay, h):
    """Descends by the gradient alone: w -= lr g. Robbins & Monro 1951."""
    return w - h.lr * g, state


@kernel
def momentum(w, g, state, decay, h):
    """Rolls like a heavy ball: m = momentum m + g; w -= lr m. Polyak 1964, as in Sutskever et al. 2013 with lr outside of m."""
    m, v, u = state
    m = h.momentum * m + g
    return w - h.lr * m, (m, v, u)


@kernel
def nesterov(w, g, state, decay, h):
    """Looks ahead along the momentum: m = momentum m + g; w -= lr (g + momentum m). Nesterov 1983; Sutskever et al. 2013."""
    m, v, u = state
    m = h.momentum * m + g
    return w - h.lr * (g + h.momentum * m), (m, v, u)


@kernel
def adagrad(w, g, state, decay, h):
    """Computes v += g^2; w -= lr g / (sqrt(v) + eps). Duchi, Hazan & Singer 2011, diagonal form."""
    m, v, u = state
    v += g * g
    return w - h.lr * g / (sqrt(v) + h.eps), (m, v, u)


@kernel
def adadelta(w, g, state, decay, h):
    """Computes v = rho v + (1-rho) g^2; d = g sqrt(u + eps)/sqrt(v + eps); u = rho u + (1-rho) d^2; w -= lr d.

    Zeiler 2012, Alg. 1; lr, which the paper doesn't have, is PyTorch's (1 there).
    """
    m, v, u = state
    v = h.rho * v + (1 - h.rho) * g * g
    d = sqrt(u + h.eps) / sqrt(v + h.eps) * g
    u = h.rho * u + (1 - h.rho) * d * d
    return w - h.lr * d, (m, v, u)


@kernel
def rmsprop(w, g, state, decay, h):
    """Computes v = rho v + (1-rho) g^2; w -= lr g / (sqrt(v) + eps). Tieleman & Hinton 2012, lecture 6.5; eps as in PyTorch."""
    m, v, u = state
    v = h.rho * v + (1 - h.rho) * g * g
    return w - h.lr * g / (sqrt(v) + h.eps), (m, v, u)


@kernel
def adam(w, g, state, decay, h):
    """Computes m = beta1 m + (1-beta1) g; v = beta2 v + (1-beta2) g^2; w -= lr m^ / (sqrt(v^) + eps), where ^ is `unbias`.

    Kingma & Ba 2015, Alg. 1.
    """
    m, v, u = state
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat, v_hat = unbias(m, decay.beta1, h), unbias(v, decay.beta2, h)
    return w - h.lr * m_hat / (sqrt(v_hat) + h.eps), (m, v, u)


@kernel
def amsgrad(w, g, state, decay, h):
    """Steps as Adam, with the largest v so far (u) in place of v. Reddi, Kale & Kumar 2018, Alg. 2; unbiased as in PyTorch."""
    m, v, u = state
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    u = max(u, v)
    m_hat, u_hat = unbias(m, decay.beta1, h), unbias(u, decay.beta2, h)
    return w - h.lr * m_hat / (sqrt(u_hat) + h.eps), (m, v, u)


@kernel
def adamax(w, g, state, decay, h):
    """Computes m as Adam; u = max(beta2 u, |g| + eps); w -= lr m^ / u. Kingma & Ba 2015, Alg. 2; eps as in PyTorch."""
    m, v, u = state
    m = h.beta1 * m + (1 - h.beta1) * g
    u = max(h.beta2 * u, abs(g) + h.eps)
    return w - h.lr * unbias(m, decay.beta1, h) / u, (m, v, u)


@kernel
def nadam(w, g, state, decay, h):
    """Steps as Adam that looks ahead: m^ = mu' m / (1 - prod mu') + (1-mu) g / (1 - prod mu). Dozat 2016, Alg. 2.

    mu = beta1 (1 - 0.96^(0.004 t) / 2) is the momentum of this step, mu' that of the next.
    """
    m, v, u = state
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = unbias(decay.next_mu * m, decay.product * decay.next_mu, h) + unbias((1 - decay.mu) * g, decay.product, h)
    return w - h.lr * m_hat / (sqrt(unbias(v, decay.beta2, h)) + h.eps), (m, v, u)


@kernel
def adamw(w, g, state, decay, h):
    """Steps as Adam, the weight decay not in the gradient: w -= lr weight_decay w first. Loshchilov & Hutter 2019."""
    w -= h.lr * h.weight_decay * w
    return adam(w, g, state, decay, h)


@kernel
def lion(w, g, state, decay, h):
    """Computes w -= lr (sign(beta1 m + (1-beta1) g) + weight_decay w); m = beta2 m + (1-beta2) g. Chen et al. 2023, Alg. 2."""
    m, v, u = state
    c = h.beta1 * m + (1 - h.beta1) * g
    sign = c / abs(c) if c != 0 else 0.0
    m = h.beta2 * m + (1 - h.beta2) * g
    return w - h.lr * (sign + h.weight_decay * w), (m, v, u)


def _row(kernel, label, looks, source, latex, feels=limits.NONE, **defaults):
    """A row whose hyperparameters are those named in `defaults`, and weight_decay, which all have; feels: see limits.py."""
    rows = hyperparameters({"weight_decay": 0.0} | defaults)
    return Optimizer(kernel.__name__, label, kernel, next(_indices), rows, latex, *looks, source, int(source[-4:]), *feels)


_indices = count()
_ADAM = dict(beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=1)
_AVERAGES = r"m \leftarrow \beta_1 m + (1-\beta_1)\, g \\ v \leftarrow \beta_2 v + (1-\beta_2)\, g^2 \\ "
_HATS = r"\hat m = \frac{m}{1-\beta_1^t} \quad \hat v = \frac{v}{1-\beta_2^t} \\ "

# Colours: Okabe & Ito 2008, one hue a family.
# fmt: off
_ROWS = (
    _row(sgd, "SGD", ("#d55e00", "solid", "circle"), "Robbins & Monro 1951",
         r"w \leftarrow w - \eta\, g", lr=1e-3, feels=limits.SGD),
    _row(momentum, "Momentum", ("#0072b2", "solid", "square"), "Polyak 1964",
         r"m \leftarrow \beta m + g \\ w \leftarrow w - \eta\, m", lr=1e-3, momentum=0.9, feels=limits.MOMENTUM),
    _row(nesterov, "Nesterov", ("#56b4e9", "dash", "square"), "Nesterov 1983",
         r"m \leftarrow \beta m + g \\ w \leftarrow w - \eta\,(g + \beta m)", lr=1e-3, momentum=0.9, feels=limits.NESTEROV),
    _row(adagrad, "AdaGrad", ("#009e73", "solid", "triangle-up"), "Duchi, Hazan & Singer 2011",
         r"v \leftarrow v + g^2 \\ w \leftarrow w - \eta\, \frac{g}{\sqrt{v} + \epsilon}", lr=1e-2, eps=1e-10,
         feels=limits.ROOT),
    _row(adadelta, "AdaDelta", ("#009e73", "dash", "triangle-down"), "Zeiler 2012",
         r"v \leftarrow \rho v + (1-\rho)\, g^2 \\ d = \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}}\, g \\ "
         r"u \leftarrow \rho u + (1-\rho)\, d^2 \\ w \leftarrow w - \eta\, d", lr=1.0, rho=0.9, eps=1e-6,
         feels=limits.ADADELTA),
    _row(rmsprop, "RMSProp", ("#e69f00", "solid", "diamond"), "Tieleman & Hinton 2012",
         r"v \leftarrow \rho v + (1-\rho)\, g^2 \\ w \leftarrow w - \eta\, \frac{g}{\sqrt{v} + \epsilon}",
         lr=1e-2, rho=0.99, eps=1e-8, feels=limits.ROOT),
    _row(adam, "Adam", ("#cc79a7", "solid", "star"), "Kingma & Ba 2015",
         _AVERAGES + _HATS + r"w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}", lr=1e-3, **_ADAM,
         feels=limits.ADAM),
    _row(amsgrad, "AMSGrad", ("#cc79a7", "dash", "hexagon"), "Reddi, Kale & Kumar 2018",
         _AVERAGES + r"u \leftarrow \max(u, v) \\ \hat m = \frac{m}{1-\beta_1^t} \quad \hat u = \frac{u}{1-\beta_2^t} \\ "
         r"w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat u} + \epsilon}", lr=1e-3, **_ADAM,
         feels=limits.AMSGRAD),
    _row(adamax, "AdaMax", ("#cc79a7", "dot", "pentagon"), "Kingma & Ba 2015",
         r"m \leftarrow \beta_1 m + (1-\beta_1)\, g \\ u \leftarrow \max(\beta_2 u, |g| + \epsilon) \\ "
         r"w \leftarrow w - \frac{\eta}{1-\beta_1^t}\, \frac{m}{u}", lr=2e-3, **_ADAM,
         feels=limits.ADAMAX),
    _row(nadam, "NAdam", ("#cc79a7", "dashdot", "cross"), "Dozat 2016",
         _AVERAGES + r"\mu_t = \beta_1 \left(1 - \tfrac12 0.96^{0.004 t}\right) \\ \hat m = \frac{\mu_{t+1} m}"
         r"{1-\prod_{i \le t+1} \mu_i} + \frac{(1-\mu_t)\, g}{1-\prod_{i \le t} \mu_i} \quad "
         r"\hat v = \frac{v}{1-\beta_2^t} \\ w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
         lr=2e-3, **_ADAM, feels=limits.NADAM),
    _row(adamw, "AdamW", ("#cc79a7", "solid", "x"), "Loshchilov & Hutter 2019",
         r"w \leftarrow w - \eta \lambda w \\ " + _AVERAGES + _HATS
         + r"w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}", lr=1e-3, **_ADAM,
         weight_decay=0.01, feels=limits.ADAMW),
    _row(lion, "Lion", ("#8c8c8c", "solid", "triangle-down"), "Chen et al. 2023",
         r"c = \beta_1 m + (1-\beta_1)\, g \\ w \leftarrow w - \eta\,(\operatorname{sign} c + \lambda w) \\ "
         r"m \leftarrow \beta_2 m + (1-\beta_2)\, g", lr=1e-4, beta1=0.9, beta2=0.99),
)
# fmt: on
OPTIMIZERS = Table(_ROWS)


def _with_l2(function):
    """The update with weight decay added to the gradient."""

    @kernel
    def decayed(w, g, state, decay, h):
        return function(w, g + h.weight_decay * w, state, decay, h)

    return decayed


# What a step calls, in the order of OPTIMIZERS.
UPDATES = tuple(row.kernel if row.name in DECOUPLED else _with_l2(row.kernel) for row in _ROWS)
update = dispatch(UPDATES)  # (k, w, g, state, decay, h) -> (w, state): one step of optimizer number k, one coordinate
