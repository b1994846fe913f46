// The race in C, for comparison: the same step, recorded alike, on Rosenbrock's function. A function per
// optimizer, so that the compiler sees which one it is.
//
//     NAME(path, h, x, y, steps)    path (steps + 1, 3): x, y, loss, up to the first non-finite step
#include <math.h>

typedef struct { double lr, momentum, beta1, beta2, eps; } Hyper;
typedef struct { double m, v; } State;
typedef struct { double beta1, beta2; } Decay;

// Denormal numbers would make every step slow from some step on.
static inline double shrink(double product) { return product > 1e-300 ? product : 0; }

static inline double sgd_update(double w, double g, State *s, Decay d, const Hyper *h) {
  return w - h->lr * g;
}

static inline double momentum_update(double w, double g, State *s, Decay d, const Hyper *h) {
  s->m = h->momentum * s->m + g;
  return w - h->lr * s->m;
}

static inline double adam_update(double w, double g, State *s, Decay d, const Hyper *h) {
  s->m = h->beta1 * s->m + (1 - h->beta1) * g;
  s->v = h->beta2 * s->v + (1 - h->beta2) * g * g;
  return w - h->lr * (s->m / (1 - d.beta1)) / (sqrt(s->v / (1 - d.beta2)) + h->eps);
}

#define RACE(name)                                                                 \
  void name(double *restrict path, const Hyper *h, double x, double y, int steps) { \
    State sx = {0, 0}, sy = {0, 0};                                                \
    Decay decay = {1, 1};                                                          \
    for (int t = 0; t <= steps; t++) {                                             \
      double u = 1 - x, v = y - x * x, z = u * u + 100 * v * v;                    \
      if (!isfinite(x + y + z)) break;                                             \
      path[3 * t] = x, path[3 * t + 1] = y, path[3 * t + 2] = z;                   \
      decay.beta1 = shrink(decay.beta1 * h->beta1);                                \
      decay.beta2 = shrink(decay.beta2 * h->beta2);                                \
      x = name##_update(x, -2 * u - 400 * x * v, &sx, decay, h);                   \
      y = name##_update(y, 200 * v, &sy, decay, h);                                \
    }                                                                              \
  }

RACE(sgd)
RACE(momentum)
RACE(adam)
