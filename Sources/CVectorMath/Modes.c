#include "CVectorMath.h"
#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

enum { width = 8, groups = 2 };
typedef double lanes __attribute__((vector_size(8 * width), aligned(8)));

// Eight modes side by side, real ones with imaginary parts 0.
typedef struct {
  lanes a, b, tail_a, tail_b, re, im;
} mode_group;

INLINE void mode_step(mode_group *g, double u, double v) {
  const lanes re = (g->a * g->re + (u - g->tail_a * v)) - g->b * g->im;
  const lanes im = (g->a * g->im - g->tail_b * v) + g->b * g->re;
  g->re = re;
  g->im = im;
}

// Numbers that have died away are 0: processors are slow on subnormal ones.
INLINE void settle(lanes *x) {
  for (int l = 0; l < width; l++) {
    const double value = (*x)[l];
    (*x)[l] = (value < 0 ? -value : value) < 1e-200 ? 0 : value;
  }
}

INLINE void transpose(lanes *r) {
  lanes t[width];
  for (int i = 0; i < width; i += 2) {
    t[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    t[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < width; i += 4) {
    for (int j = i; j < i + 2; j++) {
      r[j] = __builtin_shufflevector(t[j], t[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      r[j + 2] = __builtin_shufflevector(t[j], t[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int i = 0; i < 4; i++) {
    t[i] = __builtin_shufflevector(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    t[i + 4] = __builtin_shufflevector(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < width; i++) r[i] = t[i];
}

// Writes the numbers of some modes after some steps, one row per mode.
INLINE void write_rows(lanes *recent, size_t modes, size_t steps, double *rows, size_t stride) {
  if (steps == width) {
    transpose(recent);
    for (size_t l = 0; l < modes; l++) *(lanes *)(rows + l * stride) = recent[l];
  } else {
    for (size_t l = 0; l < modes; l++) {
      for (size_t n = 0; n < steps; n++) rows[l * stride + n] = recent[n][l];
    }
  }
}

// Up to groups * width neighbouring modes. `imaginary` is the distance from real to imaginary parts, 0 for
// real modes.
INLINE void run(
    size_t steps, size_t modes, size_t imaginary, const double *poles, const double *tails,
    double *state, const double *in, const double *leaving, double *rows, size_t stride) {
  mode_group g[groups] = {{{0}}};
  for (size_t m = 0; m < modes; m++) {
    mode_group *group = &g[m / width];
    const size_t l = m % width;
    group->a[l] = poles[m];
    group->tail_a[l] = tails[m];
    group->re[l] = state[m];
    if (imaginary) {
      group->b[l] = poles[m + imaginary];
      group->tail_b[l] = tails[m + imaginary];
      group->im[l] = state[m + imaginary];
    }
  }
  for (size_t first = 0; first < steps; first += width) {
    const size_t count = steps - first < width ? steps - first : width;
    lanes re[groups][width], im[groups][width];
    for (size_t n = 0; n < count; n++) {
      const double u = in[first + n], v = leaving ? leaving[first + n] : 0;
      for (int i = 0; i < groups; i++) {
        mode_step(&g[i], u, v);
        re[i][n] = g[i].re;
        im[i][n] = g[i].im;
      }
    }
    for (int i = 0; i < groups; i++) {
      settle(&g[i].re);
      settle(&g[i].im);
      if (!rows || modes <= (size_t)(i * width)) continue;
      const size_t left = modes - i * width, here = left < width ? left : width;
      double *target = rows + i * width * stride + first;
      write_rows(re[i], here, count, target, stride);
      if (imaginary) write_rows(im[i], here, count, target + imaginary * stride, stride);
    }
  }
  for (size_t m = 0; m < modes; m++) {
    state[m] = g[m / width].re[m % width];
    if (imaginary) state[m + imaginary] = g[m / width].im[m % width];
  }
}

CLONES void cvm_modes(
    size_t steps, size_t pairs, size_t singles, const double *poles, const double *tails,
    double *state, const double *in, const double *leaving, double *rows, size_t stride) {
  const size_t most = groups * width;
  for (size_t m = 0; m < pairs; m += most) {
    run(steps, pairs - m < most ? pairs - m : most, pairs, poles + m, tails + m, state + m, in,
        leaving, rows ? rows + m * stride : 0, stride);
  }
  for (size_t m = 2 * pairs; m < 2 * pairs + singles; m += most) {
    const size_t left = 2 * pairs + singles - m;
    run(steps, left < most ? left : most, 0, poles + m, tails + m, state + m, in, leaving,
        rows ? rows + m * stride : 0, stride);
  }
}
