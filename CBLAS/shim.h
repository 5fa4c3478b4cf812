// OpenBLAS's CBLAS and LAPACKE, as Swift sees them.
#ifndef LFPKERNELS_CBLAS_SHIM_H
#define LFPKERNELS_CBLAS_SHIM_H
#include <cblas.h>
// Plain structs in place of C's _Complex, which Swift does not import.
typedef struct { float real, imag; } lfpkernels_complex_float;
typedef struct { double real, imag; } lfpkernels_complex_double;
#define LAPACK_COMPLEX_CUSTOM 1
#define lapack_complex_float lfpkernels_complex_float
#define lapack_complex_double lfpkernels_complex_double
#include <lapacke.h>
#endif
