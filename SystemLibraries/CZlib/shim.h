#ifndef LFPKERNELS_CZLIB_SHIM_H
#define LFPKERNELS_CZLIB_SHIM_H
#include <zlib.h>
#endif
