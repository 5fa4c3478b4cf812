#include "CVectorMath.h"

// Unlike in the other file, multiplications are fused with additions where the processor can: results
// differ between processors, as BLAS's do.
#pragma STDC FP_CONTRACT ON

// A product in tiles of ROWS x (VECTORS * WIDTH) sums, which stay in registers.
#define PRODUCT(NAME, TARGET, WIDTH, VECTORS, ROWS)                                                \
  typedef double NAME##_vector __attribute__((vector_size(8 * WIDTH), aligned(8)));                \
                                                                                                   \
  TARGET static inline __attribute__((always_inline)) void NAME##_tile(                            \
      const int rows, size_t terms, const double *a, size_t a_stride, const double *b,             \
      size_t b_stride, int add, double *c, size_t c_stride) {                                      \
    NAME##_vector sums[ROWS][VECTORS] = {{{0}}};                                                   \
    if (add) {                                                                                     \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {                          \
        _Pragma("clang loop unroll(full)") for (int j = 0; j < VECTORS; j++) sums[i][j] =          \
            *(const NAME##_vector *)(c + i * c_stride + j * WIDTH);                                \
      }                                                                                            \
    }                                                                                              \
    for (size_t k = 0; k < terms; k++) {                                                           \
      NAME##_vector x[VECTORS];                                                                    \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < VECTORS; j++) x[j] =                  \
          *(const NAME##_vector *)(b + k * b_stride + j * WIDTH);                                  \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {                          \
        const double w = a[i * a_stride + k];                                                      \
        _Pragma("clang loop unroll(full)") for (int j = 0; j < VECTORS; j++) sums[i][j] +=         \
            w * x[j];                                                                              \
      }                                                                                            \
    }                                                                                              \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {                            \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < VECTORS; j++) *(NAME##_vector *)(     \
          c + i * c_stride + j * WIDTH) = sums[i][j];                                              \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  TARGET static void NAME(                                                                         \
      size_t rows, size_t columns, size_t terms, const double *a, size_t a_stride,                 \
      const double *b, size_t b_stride, int add, double *c, size_t c_stride) {                     \
    const size_t tile = VECTORS * WIDTH;                                                           \
    /* So many columns of b stay in the first cache. */                                            \
    const size_t fitting = 3072 / (terms + 1) / tile * tile;                                       \
    const size_t block = fitting < tile ? tile : fitting;                                          \
    const size_t whole = columns / tile * tile;                                                    \
    for (size_t first = 0; first < whole; first += block) {                                        \
      const size_t end = first + block < whole ? first + block : whole;                            \
      for (size_t i = 0; i < rows; i += ROWS) {                                                    \
        const double *ai = a + i * a_stride;                                                       \
        const size_t left = rows - i;                                                              \
        for (size_t j = first; j < end; j += tile) {                                               \
          double *cij = c + i * c_stride + j;                                                      \
          switch (left < ROWS ? left : ROWS) {                                                     \
          case ROWS: NAME##_tile(ROWS, terms, ai, a_stride, b + j, b_stride, add, cij, c_stride); break; \
            REST(NAME, ROWS)                                                                       \
          }                                                                                        \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
    for (size_t i = 0; i < rows && whole < columns; i++) {                                         \
      for (size_t j = whole; j < columns && !add; j++) c[i * c_stride + j] = 0;                    \
      for (size_t k = 0; k < terms; k++) {                                                         \
        const double w = a[i * a_stride + k];                                                      \
        for (size_t j = whole; j < columns; j++) {                                                 \
          c[i * c_stride + j] += w * b[k * b_stride + j];                                          \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
  }

#define CASE(NAME, N)                                                                              \
  case N: NAME##_tile(N, terms, ai, a_stride, b + j, b_stride, add, cij, c_stride); break;
#define REST(NAME, ROWS) REST_##ROWS(NAME)
#define REST_4(NAME) CASE(NAME, 1) CASE(NAME, 2) CASE(NAME, 3)
#define REST_6(NAME) REST_4(NAME) CASE(NAME, 4) CASE(NAME, 5)
#define REST_8(NAME) REST_6(NAME) CASE(NAME, 6) CASE(NAME, 7)

PRODUCT(product_any, , 2, 2, 4)
#if defined(__x86_64__)
PRODUCT(product_avx2, __attribute__((target("avx2,fma"))), 4, 2, 6)
PRODUCT(product_avx512, __attribute__((target("avx512f"))), 8, 2, 8)
#endif

void cvm_product(
    size_t rows, size_t columns, size_t terms, const double *a, size_t a_stride, const double *b,
    size_t b_stride, int add, double *c, size_t c_stride) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    product_avx512(rows, columns, terms, a, a_stride, b, b_stride, add, c, c_stride);
    return;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    product_avx2(rows, columns, terms, a, a_stride, b, b_stride, add, c, c_stride);
    return;
  }
#endif
  product_any(rows, columns, terms, a, a_stride, b, b_stride, add, c, c_stride);
}
