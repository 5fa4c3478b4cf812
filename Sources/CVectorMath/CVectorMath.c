#include "CVectorMath.h"
#include "Clones.h"

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Columns that are worked on together: their intermediate values stay in the cache.
enum { chunk = 64 };

INLINE uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE double number_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// Newton's method from a guess by halving the exponent. Finite for 0: x * rsqrt(x) is 0 there.
INLINE double rsqrt(double x) {
  double y = number_of(0x5FE6EB50C7B537A9u - (bits_of(x) >> 1));
  const double half = 0.5 * x;
  y *= 1.5 - (half * y) * y;
  y *= 1.5 - (half * y) * y;
  y *= 1.5 - (half * y) * y;
  y *= 1.5 - (half * y) * y;
  return y;
}

// artanh(x) / x for |x| <= 0.2 from y = x^2.
INLINE double artanh_ratio(double y) {
  double sum = 1.0 / 21;
  sum = sum * y + 1.0 / 19;
  sum = sum * y + 1.0 / 17;
  sum = sum * y + 1.0 / 15;
  sum = sum * y + 1.0 / 13;
  sum = sum * y + 1.0 / 11;
  sum = sum * y + 1.0 / 9;
  sum = sum * y + 1.0 / 7;
  sum = sum * y + 1.0 / 5;
  sum = sum * y + 1.0 / 3;
  return sum * y + 1;
}

// x = m 2^k with m in [sqrt(1/2), sqrt(2)): log m = 2 artanh((m - 1) / (m + 1)); k log 2 is added in
// two parts, that products with k are exact.
INLINE double logarithm(double x) {
  const uint64_t bits = bits_of(x);
  const uint64_t shifted = bits - 0x3FE6A09E667F3BCDu;
  // k + 2^11 in the low bits of 2^52: a conversion that is a subtraction.
  const uint64_t biased = ((shifted + 0x8000000000000000u) >> 52) | 0x4330000000000000u;
  const double k = number_of(biased) - 4503599627372544.0;
  const double m = number_of(bits - (shifted & 0xFFF0000000000000u));
  const double s = (m - 1) / (m + 1);
  return k * 6.93147180369123816490e-01 +
         (2 * s * artanh_ratio(s * s) + k * 1.90821492927058770002e-10);
}

CLONES void cvm_rsqrt(size_t n, const double *x, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = rsqrt(x[i]);
}

CLONES void cvm_log(size_t n, const double *x, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = logarithm(x[i]);
}

CLONES void cvm_points(
    size_t n, const double *columns, const double point[3], double scale, double *restrict out) {
  const double *x = columns, *y = x + n, *z = y + n, *radius2 = z + n;
  const double px = point[0], py = point[1], pz = point[2];
  for (size_t i = 0; i < n; i++) {
    const double dx = x[i] - px, dy = y[i] - py, dz = z[i] - pz;
    const double square = dx * dx + dy * dy + dz * dz;
    out[i] = scale * rsqrt(square < radius2[i] ? radius2[i] : square);
  }
}

CLONES void cvm_points_weighted(
    size_t n, const double *columns, const double point[3], const double weights[3], double scale,
    double *restrict out) {
  const double *x = columns, *y = x + n, *z = y + n, *radius2 = z + n;
  const double px = point[0], py = point[1], pz = point[2];
  const double wx = weights[0], wy = weights[1], wz = weights[2];
  for (size_t i = 0; i < n; i++) {
    const double dx = x[i] - px, dy = y[i] - py, dz = z[i] - pz;
    const double x2 = dx * dx, y2 = dy * dy, z2 = dz * dz;
    const double square = x2 + y2 + z2, weighted = wx * x2 + wy * y2 + wz * z2;
    const double outside = weighted * (radius2[i] / (square < 1e-8 ? 1 : square));
    const double inside = square < 1e-8 ? wx * radius2[i] : outside;
    out[i] = scale * rsqrt(square < radius2[i] ? inside : weighted);
  }
}

// Coordinates of a point by a line: h along it from its end, l from its start, rho2 across.
typedef struct {
  double h, l, rho2;
} along_line;

INLINE along_line limited(along_line p, double length, double radius2, cvm_limit limit) {
  if (limit == CVM_LIMIT_NONE) return p;
  if (limit == CVM_LIMIT_AXIS) {
    p.rho2 = p.rho2 < radius2 ? radius2 : p.rho2;
    return p;
  }
  // Past an end, the point is moved away from the end; else, away from the axis.
  const double beyond = p.h > 0 ? p.h : p.l < 0 ? p.l : 0;
  const double square = p.rho2 + beyond * beyond;
  const int inside = square < radius2;
  const double ratio2 = radius2 / (square > 0 ? square : 1);
  const double ratio = ratio2 * rsqrt(ratio2);
  const double moved = beyond * ratio;
  const double rho2 = beyond == 0 ? radius2 : p.rho2 * ratio2;
  const double h = p.h > 0 ? moved : p.l < 0 ? moved - length : p.h;
  p.h = inside ? h : p.h;
  p.l = inside ? h + length : p.l;
  p.rho2 = inside ? rho2 : p.rho2;
  return p;
}

typedef struct {
  const double *x, *y, *z, *dx, *dy, *dz, *length, *radius2;
} line_columns;

// 2 artanh(L / (r + s)) / L with the distances r, s from the ends. Marks what is too near for it.
INLINE int far_mean(
    line_columns c, size_t i, const double p[3], cvm_limit limit, double *mean) {
  const double vx = p[0] - c.x[i], vy = p[1] - c.y[i], vz = p[2] - c.z[i];
  const double h = vx * c.dx[i] + vy * c.dy[i] + vz * c.dz[i];
  const double rho2 = vx * vx + vy * vy + vz * vz - h * h;
  const along_line a = limited(
      (along_line){h, h + c.length[i], rho2 < 0 ? 0 : rho2}, c.length[i], c.radius2[i], limit);
  const double h2 = a.h * a.h + a.rho2, l2 = a.l * a.l + a.rho2;
  const double inverse = 1 / (h2 * rsqrt(h2) + l2 * rsqrt(l2));
  const double ratio = c.length[i] * inverse;
  *mean = 2 * inverse * artanh_ratio(ratio * ratio);
  return ratio > 0.2;
}

// (asinh(l / rho) - asinh(h / rho)) / L in three forms without cancellation.
INLINE double near_mean(line_columns c, size_t i, const double p[3], cvm_limit limit) {
  const double vx = p[0] - c.x[i], vy = p[1] - c.y[i], vz = p[2] - c.z[i];
  const double dx = c.dx[i], dy = c.dy[i], dz = c.dz[i], length = c.length[i];
  const double h = vx * dx + vy * dy + vz * dz;
  const double cx = vy * dz - vz * dy, cy = vz * dx - vx * dz, cz = vx * dy - vy * dx;
  const along_line a = limited(
      (along_line){h, h + length, cx * cx + cy * cy + cz * cz}, length, c.radius2[i], limit);
  const double h2 = a.h * a.h + a.rho2, l2 = a.l * a.l + a.rho2;
  const double sum_h = h2 * rsqrt(h2) + (a.h < 0 ? -a.h : a.h);
  const double sum_l = l2 * rsqrt(l2) + (a.l < 0 ? -a.l : a.l);
  const int before = a.l < 0, alongside = !before & (a.h < 0);
  const double numerator = alongside ? sum_h * sum_l : before ? sum_h : sum_l;
  const double denominator = alongside ? a.rho2 : before ? sum_l : sum_h;
  return logarithm(numerator / denominator) / (length > 0 ? length : 1);
}

INLINE void lines(
    line_columns c, size_t n, const double p[3], cvm_limit limit, double scale,
    double *restrict out) {
  for (size_t first = 0; first < n; first += chunk) {
    const size_t end = first + chunk < n ? first + chunk : n;
    double means[chunk];
    int64_t near[chunk], any = 0;
    for (size_t i = first; i < end; i++) {
      near[i - first] = far_mean(c, i, p, limit, &means[i - first]);
      any |= near[i - first];
    }
    if (any) {
      for (size_t i = first; i < end; i++) {
        const double value = near_mean(c, i, p, limit);
        means[i - first] = near[i - first] ? value : means[i - first];
      }
    }
    for (size_t i = first; i < end; i++) out[i] += scale * means[i - first];
  }
}

CLONES void cvm_lines(
    size_t n, const double *columns, const double point[3], cvm_limit limit, double scale,
    double *restrict out) {
  const line_columns c = {
      columns,         columns + n,     columns + 2 * n, columns + 3 * n,
      columns + 4 * n, columns + 5 * n, columns + 6 * n, columns + 7 * n};
  const double p[3] = {point[0], point[1], point[2]};
  switch (limit) {
  case CVM_LIMIT_NONE: lines(c, n, p, CVM_LIMIT_NONE, scale, out); break;
  case CVM_LIMIT_AXIS: lines(c, n, p, CVM_LIMIT_AXIS, scale, out); break;
  case CVM_LIMIT_SEGMENT: lines(c, n, p, CVM_LIMIT_SEGMENT, scale, out); break;
  }
}

CLONES void cvm_images(
    size_t n, const double *q, const double *t, size_t images, const double *depths,
    const double *weights, double *restrict out) {
  for (size_t first = 0; first < n; first += chunk) {
    const size_t end = first + chunk < n ? first + chunk : n;
    for (size_t k = 0; k < images; k++) {
      const double depth = depths[k], weight = weights[k];
      for (size_t i = first; i < end; i++) {
        const double d = t[i] - depth;
        out[i] += weight * rsqrt(q[i] + d * d);
      }
    }
  }
}

CLONES void cvm_solid_harmonics(
    size_t n, const double *t, const double *r2, size_t terms, const double *coefficients,
    double scale, double *restrict out) {
  for (size_t first = 0; first < n; first += chunk) {
    const size_t count = first + chunk < n ? chunk : n - first;
    double last[chunk], current[chunk], sum[chunk];
    for (size_t i = 0; i < count; i++) {
      last[i] = 0;
      current[i] = 1;
      sum[i] = 0;
    }
    for (size_t k = 0; k < terms; k++) {
      const double c = coefficients[k], next = 1 / (double)(k + 1);
      const double a = (double)(2 * k + 1) * next, b = (double)k * next;
      for (size_t i = 0; i < count; i++) {
        sum[i] += c * current[i];
        const double value = a * t[first + i] * current[i] - b * r2[first + i] * last[i];
        last[i] = current[i];
        current[i] = value;
      }
    }
    for (size_t i = 0; i < count; i++) out[first + i] += scale * sum[i];
  }
}

CLONES void cvm_even_chebyshev(
    size_t n, double *x, double half_width, size_t terms, const double *coefficients,
    double factor) {
  enum { width = 32 };
  for (size_t first = 0; first < n; first += width) {
    const size_t count = first + width < n ? width : n - first;
    double y2[width], b1[width], b2[width];
    for (size_t i = 0; i < width; i++) {
      const double a = i < count ? x[first + i] / half_width : 0;
      y2[i] = 2 * (2 * a * a - 1);
      b1[i] = 0;
      b2[i] = 0;
    }
    for (size_t k = terms - 1; k > 0; k--) {
      const double c = coefficients[k];
      for (size_t i = 0; i < width; i++) {
        const double next = y2[i] * b1[i] - b2[i] + c;
        b2[i] = b1[i];
        b1[i] = next;
      }
    }
    for (size_t i = 0; i < count; i++) {
      x[first + i] = factor * (0.5 * y2[i] * b1[i] - b2[i] + coefficients[0]);
    }
  }
}
