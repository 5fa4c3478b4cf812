// HDF5 as Swift sees it: its type and flag macros expand to expressions that are not imported.
#ifndef LFPKERNELS_CHDF5_SHIM_H
#define LFPKERNELS_CHDF5_SHIM_H
#include <hdf5.h>
static inline hid_t lfpkernels_H5T_NATIVE_DOUBLE(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t lfpkernels_H5T_IEEE_F64LE(void) { return H5T_IEEE_F64LE; }
static inline hid_t lfpkernels_H5T_NATIVE_INT64(void) { return H5T_NATIVE_INT64; }
static inline hid_t lfpkernels_H5T_STD_I64LE(void) { return H5T_STD_I64LE; }
static inline hid_t lfpkernels_H5T_C_S1(void) { return H5T_C_S1; }
static inline size_t lfpkernels_H5T_VARIABLE(void) { return H5T_VARIABLE; }
static inline hid_t lfpkernels_H5P_FILE_ACCESS(void) { return H5P_FILE_ACCESS; }
static inline hid_t lfpkernels_H5P_FILE_CREATE(void) { return H5P_FILE_CREATE; }
static inline hid_t lfpkernels_H5P_GROUP_CREATE(void) { return H5P_GROUP_CREATE; }
static inline hid_t lfpkernels_H5P_DATASET_CREATE(void) { return H5P_DATASET_CREATE; }
static inline hid_t lfpkernels_H5P_LINK_CREATE(void) { return H5P_LINK_CREATE; }
static inline unsigned lfpkernels_H5F_ACC_TRUNC(void) { return H5F_ACC_TRUNC; }
static inline unsigned lfpkernels_H5F_ACC_RDONLY(void) { return H5F_ACC_RDONLY; }
static inline void lfpkernels_H5_silence_errors(void) { H5Eset_auto2(H5E_DEFAULT, 0, 0); }
static inline hid_t lfpkernels_H5T_STD_U8LE(void) { return H5T_STD_U8LE; }
static inline hid_t lfpkernels_H5T_STD_U64LE(void) { return H5T_STD_U64LE; }
// The address of an object's header in the file.
static inline herr_t lfpkernels_H5O_address(hid_t object, haddr_t *address) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info1_t info;
  herr_t status = H5Oget_info1(object, &info);
#else
  H5O_info_t info;
  herr_t status = H5Oget_info(object, &info);
#endif
  if (status >= 0) *address = info.addr;
  return status;
}
#endif
