#ifndef LFPKERNELS_CSODIUM_SHIM_H
#define LFPKERNELS_CSODIUM_SHIM_H
#include <sodium.h>
#endif
