// Loops over the columns of a row, compiled for several kinds of vector instructions; the processor's
// are taken at run time. All but products give the same results: no multiplication is fused with an
// addition.
//
// Columns are arrays of length n one after another.

#ifndef CVECTORMATH_H
#define CVECTORMATH_H

#include <stddef.h>

/// Where a point counts as one in a compartment and is moved out to its surface.
typedef enum {
  /// Nowhere.
  CVM_LIMIT_NONE,
  /// Within the radius from the axis, also beyond the ends: moved away from the axis.
  CVM_LIMIT_AXIS,
  /// Within the radius from the axis between its ends: moved away from the nearest point there.
  CVM_LIMIT_SEGMENT,
} cvm_limit;

/// 1 / sqrt(x) of normal positive numbers, to 2 ulp.
void cvm_rsqrt(size_t n, const double *x, double *out);

/// log(x) of normal positive numbers, to 2 ulp.
void cvm_log(size_t n, const double *x, double *out);

/// out = scale / max(distance, radius); columns x, y, z, radius^2.
void cvm_points(
    size_t n, const double *columns, const double point[3], double scale, double *out);

/// out = scale / sqrt(w . d^2), where a d shorter than the radius is made as long as the radius, and
/// one shorter than 1e-4 becomes (radius, 0, 0); columns as for cvm_points.
void cvm_points_weighted(
    size_t n, const double *columns, const double point[3], const double weights[3], double scale,
    double *out);

/// out += scale * mean of 1 / distance over lines; columns end x, y, z, direction x, y, z, length,
/// radius^2. A line without length has direction 0 and is a point.
void cvm_lines(
    size_t n, const double *columns, const double point[3], cvm_limit limit, double scale,
    double *out);

/// out += sum_k weights[k] / sqrt(q + (t - depths[k])^2)
void cvm_images(
    size_t n, const double *q, const double *t, size_t images, const double *depths,
    const double *weights, double *out);

/// out += scale * sum_k coefficients[k] S_k, S_k = r^k P_k(t / r) with r2 = r^2 (solid harmonics).
void cvm_solid_harmonics(
    size_t n, const double *t, const double *r2, size_t terms, const double *coefficients,
    double scale, double *out);

/// Steps of s = lambda s + in[n] - tail leaving[n] for complex modes (real part, imaginary part of all)
/// and then real ones; poles, tails and state hold 2 * pairs + singles numbers in this order. After each
/// step, number i of the state is written to rows[i * stride + n], unless rows is null. No leaving: 0.
void cvm_modes(
    size_t steps, size_t pairs, size_t singles, const double *poles, const double *tails,
    double *state, const double *in, const double *leaving, double *rows, size_t stride);

/// x = factor * sum_k c[k] T_k(2 (x / w)^2 - 1), by Clenshaw's recurrence; at least one term.
void cvm_even_chebyshev(
    size_t n, double *x, double half_width, size_t terms, const double *coefficients,
    double factor);

/// c = a b, or c += a b, of row-major matrices, rows x terms and terms x columns. For few terms or rows,
/// where BLAS is slow. Multiplications and additions may be fused, as in BLAS.
void cvm_product(
    size_t rows, size_t columns, size_t terms, const double *a, size_t a_stride, const double *b,
    size_t b_stride, int add, double *c, size_t c_stride);

/// For eight frequencies z (8 real, then 8 imaginary parts) the admittance y of the subtree of each node
/// of a tree and its factor f = 1 / (1 + y r), 16 numbers a node: real parts, then imaginary ones. Each
/// node comes after its parent. A node's own admittance is conductance + z capacitance, to which
/// relaxation k adds amplitude / (1 + z time constant) at its terms, those from first_terms[k] to before
/// first_terms[k + 1].
void cvm_tree_eliminate(
    size_t nodes, const size_t *parent, const double *resistance, const double *conductance,
    const double *capacitance, size_t relaxations, const double *time_constants,
    const size_t *first_terms, const size_t *term_nodes, const double *amplitudes, const double *z,
    double *y, double *f);

/// The current that enters each node from its parent when currents are injected: 16 numbers at
/// currents + i * stride. Work has 16 numbers a node and holds potentials in the end.
void cvm_tree_substitute(
    size_t nodes, const size_t *parent, const double *resistance, const double *y, const double *f,
    const double *injected, double *work, double *currents, size_t stride);

#endif
