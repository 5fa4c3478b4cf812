#ifndef CVECTORMATH_CLONES_H
#define CVECTORMATH_CLONES_H

// Functions that are compiled for several processors, of which the right one is taken at run time.
#ifndef __has_feature
#define __has_feature(x) 0
#endif
// The thread sanitizer cannot run the resolvers of clones.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

#endif
