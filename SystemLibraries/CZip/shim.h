#ifndef LFPKERNELS_CZIP_SHIM_H
#define LFPKERNELS_CZIP_SHIM_H
#include <zip.h>
#endif
