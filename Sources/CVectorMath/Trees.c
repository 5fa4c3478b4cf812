#include "CVectorMath.h"
#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

enum { width = 8 };
typedef double lanes __attribute__((vector_size(8 * width), aligned(8)));

// Macros, since a vector as an argument has no one calling convention for all processors.
#define LANES(p) (*(const lanes *)(p))
#define STORE(p, x) (*(lanes *)(p) = (x))

CLONES
void cvm_tree_eliminate(
    size_t n, const size_t *parent, const double *resistance, const double *conductance,
    const double *capacitance, size_t relaxations, const double *time_constants,
    const size_t *first_terms, const size_t *term_nodes, const double *amplitudes, const double *z,
    double *y, double *f) {
  const lanes zr = LANES(z), zi = LANES(z + width);
  for (size_t i = 0; i < n; i++) {
    STORE(y + 16 * i, conductance[i] + zr * capacitance[i]);
    STORE(y + 16 * i + width, zi * capacitance[i]);
  }
  for (size_t k = 0; k < relaxations; k++) {
    const lanes tr = 1 + zr * time_constants[k], ti = zi * time_constants[k];
    const lanes scale = 1 / (tr * tr + ti * ti);
    const lanes fr = tr * scale, fi = -(ti * scale);
    for (size_t m = first_terms[k]; m < first_terms[k + 1]; m++) {
      double *own = y + 16 * term_nodes[m];
      STORE(own, LANES(own) + amplitudes[m] * fr);
      STORE(own + width, LANES(own + width) + amplitudes[m] * fi);
    }
  }
  for (size_t i = n - 1; i > 0; i--) {
    const lanes yr = LANES(y + 16 * i), yi = LANES(y + 16 * i + width);
    const lanes tr = 1 + yr * resistance[i], ti = yi * resistance[i];
    const lanes scale = 1 / (tr * tr + ti * ti);
    const lanes fr = tr * scale, fi = -(ti * scale);
    STORE(f + 16 * i, fr);
    STORE(f + 16 * i + width, fi);
    double *above = y + 16 * parent[i];
    STORE(above, LANES(above) + (yr * fr - yi * fi));
    STORE(above + width, LANES(above + width) + (yr * fi + yi * fr));
  }
}

CLONES
void cvm_tree_substitute(
    size_t n, const size_t *parent, const double *resistance, const double *y, const double *f,
    const double *injected, double *work, double *currents, size_t stride) {
  const lanes zero = {0};
  for (size_t i = 0; i < n; i++) {
    STORE(work + 16 * i, zero + injected[i]);
    STORE(work + 16 * i + width, zero);
  }
  // What a node passes on to its parent.
  for (size_t i = n - 1; i > 0; i--) {
    const lanes fr = LANES(f + 16 * i), fi = LANES(f + 16 * i + width);
    const lanes br = LANES(work + 16 * i), bi = LANES(work + 16 * i + width);
    double *above = work + 16 * parent[i];
    STORE(above, LANES(above) + (br * fr - bi * fi));
    STORE(above + width, LANES(above + width) + (br * fi + bi * fr));
  }
  const lanes yr = LANES(y), yi = LANES(y + width), br = LANES(work), bi = LANES(work + width);
  const lanes scale = 1 / (yr * yr + yi * yi);
  STORE(work, (br * yr + bi * yi) * scale);
  STORE(work + width, (bi * yr - br * yi) * scale);
  STORE(currents, zero);
  STORE(currents + width, zero);
  // From here on work holds potentials.
  for (size_t i = 1; i < n; i++) {
    const double *above = work + 16 * parent[i];
    const lanes vr = LANES(above), vi = LANES(above + width);
    const lanes yr = LANES(y + 16 * i), yi = LANES(y + 16 * i + width);
    const lanes fr = LANES(f + 16 * i), fi = LANES(f + 16 * i + width);
    const lanes ar = (yr * vr - yi * vi) - LANES(work + 16 * i);
    const lanes ai = (yr * vi + yi * vr) - LANES(work + 16 * i + width);
    const lanes jr = ar * fr - ai * fi, ji = ar * fi + ai * fr;
    STORE(currents + i * stride, jr);
    STORE(currents + i * stride + width, ji);
    STORE(work + 16 * i, vr - jr * resistance[i]);
    STORE(work + 16 * i + width, vi - ji * resistance[i]);
  }
}
