// Training in C, for comparison: a fully connected net of any shape, ReLU between its layers, mean squared error, Adam,
// on the batches that speedup/network/learning.py takes. Parameters layer by layer: weights (out, in), then biases. What units
// compute lies in rows of `batch` samples, one for each unit, so that the inner loops run over samples: other layouts
// are slower here.
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct { double lr, beta1, beta2, eps; } Hyper;
typedef struct { int layers, batch; const int *sizes; } Net;
typedef struct { int ins, outs, stride; } Layer;

static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// Fisher & Yates, by the random numbers of speedup/numerics/rng.py.
static void shuffle(int *order, int n, int epoch, int seed) {
  uint64_t start = mix((uint64_t)(uint32_t)seed << 32 | 3);
  for (int i = 0; i < n; i++) order[i] = i;
  for (int i = n - 1; i > 0; i--) {
    uint64_t bits = mix(start + 0x9E3779B97F4A7C15u * ((uint64_t)epoch * n + i + 1));
    int j = (int)((double)(int64_t)(bits >> 11) * 0x1p-53 * (i + 1)), other = order[j];
    order[j] = order[i], order[i] = other;
  }
}

static int parameters(const Net *net, int layer) { return (net->sizes[layer] + 1) * net->sizes[layer + 1]; }

// What all units make of the first rows of act, the inputs of n samples. Returns the output's row.
static double *forward(const Net *net, const double *w, double *act, int n) {
  for (int l = 0; l < net->layers; l++) {
    int ins = net->sizes[l], outs = net->sizes[l + 1], stride = net->batch;
    double *next = act + ins * stride;
    for (int j = 0; j < outs; j++) {
      double *restrict z = next + j * stride, bias = w[ins * outs + j];
      for (int s = 0; s < n; s++) z[s] = bias;
      for (int i = 0; i < ins; i++) {
        const double *restrict a = act + i * stride, weight = w[j * ins + i];
        for (int s = 0; s < n; s++) z[s] += weight * a[s];
      }
      if (l + 1 < net->layers)
        for (int s = 0; s < n; s++) z[s] = z[s] > 0 ? z[s] : 0;
    }
    act = next, w += parameters(net, l);
  }
  return act;
}

// The gradient of one layer's parameters, from delta, the loss' derivative by its outputs, and act, its inputs.
static void parameters_gradient(double *grad, const double *delta, const double *act, Layer layer, int n) {
  int ins = layer.ins, outs = layer.outs, stride = layer.stride;
  for (int j = 0; j < outs; j++) {
    const double *restrict d = delta + j * stride;
    double total = 0;
    for (int s = 0; s < n; s++) total += d[s];
    grad[ins * outs + j] = total;
    for (int i = 0; i < ins; i++) {
      const double *restrict a = act + i * stride;
      total = 0;
      for (int s = 0; s < n; s++) total += d[s] * a[s];
      grad[j * ins + i] = total;
    }
  }
}

// The derivative by the inputs of a layer, which come out of ReLU.
static void inputs_gradient(double *to, const double *delta, const double *w, const double *act, Layer layer, int n) {
  int ins = layer.ins, outs = layer.outs, stride = layer.stride;
  for (int i = 0; i < ins; i++) {
    double *restrict t = to + i * stride;
    const double *restrict a = act + i * stride;
    for (int s = 0; s < n; s++) t[s] = 0;
    for (int j = 0; j < outs; j++) {
      const double *restrict d = delta + j * stride, weight = w[j * ins + i];
      for (int s = 0; s < n; s++) t[s] += weight * d[s];
    }
    for (int s = 0; s < n; s++) t[s] = a[s] > 0 ? t[s] : 0;
  }
}

// The gradient of all parameters. delta: room for two rows for each unit of the widest layer; the first row is given.
static void backward(const Net *net, const double *w, const double *act, double *delta, double *grad, int n) {
  int stride = net->batch, widest = 0;
  for (int l = 0; l <= net->layers; l++) widest = net->sizes[l] > widest ? net->sizes[l] : widest;
  for (int l = 0; l < net->layers; l++) {
    w += parameters(net, l), grad += parameters(net, l), act += net->sizes[l] * stride;
  }
  double *here = delta, *there = delta + widest * stride;
  for (int l = net->layers - 1; l >= 0; l--) {
    Layer layer = {net->sizes[l], net->sizes[l + 1], stride};
    w -= parameters(net, l), grad -= parameters(net, l), act -= layer.ins * stride;
    parameters_gradient(grad, here, act, layer, n);
    if (l > 0) inputs_gradient(there, here, w, act, layer, n);
    double *swap = here;
    here = there, there = swap;
  }
}

static void adam(double *restrict w, double *restrict m, double *restrict v, const double *restrict g, int n,
                 const Hyper *h, double beta1_t, double beta2_t) {
  for (int k = 0; k < n; k++) {
    m[k] = h->beta1 * m[k] + (1 - h->beta1) * g[k];
    v[k] = h->beta2 * v[k] + (1 - h->beta2) * g[k] * g[k];
    w[k] -= h->lr * (m[k] / (1 - beta1_t)) / (sqrt(v[k] / (1 - beta2_t)) + h->eps);
  }
}

// w (n): trained in place. losses (steps): each batch's. room: for 3 n + (units + 2 widest) batch numbers.
void train(double *w, double *losses, const Hyper *h, const int *sizes, int layers, const double *inputs,
           const double *targets, double *room, int *order, int samples, int batch, int steps, int seed) {
  Net net = {layers, batch, sizes};
  int n = 0, units = 0, batches = (samples + batch - 1) / batch, ins = sizes[0];
  for (int l = 0; l < layers; l++) n += parameters(&net, l), units += sizes[l];
  double *m = room, *v = m + n, *grad = v + n, *act = grad + n, *delta = act + (units + sizes[layers]) * batch;
  double beta1_t = 1, beta2_t = 1;
  memset(m, 0, 2 * n * sizeof *m);
  for (int t = 0; t < steps; t++) {
    int first = t % batches * batch, size = samples - first < batch ? samples - first : batch;
    if (first == 0) shuffle(order, samples, t / batches, seed);
    const int *chosen = order + first;
    for (int i = 0; i < ins; i++)
      for (int s = 0; s < size; s++) act[i * batch + s] = inputs[chosen[s] * ins + i];
    double *out = forward(&net, w, act, size), total = 0;
    for (int s = 0; s < size; s++) {
      double error = out[s] - targets[chosen[s]];
      total += error * error;
      delta[s] = 2 * error / size;
    }
    losses[t] = total / size;
    backward(&net, w, act, delta, grad, size);
    beta1_t *= h->beta1, beta2_t *= h->beta2;
    adam(w, m, v, grad, n, h, beta1_t, beta2_t);
  }
}
