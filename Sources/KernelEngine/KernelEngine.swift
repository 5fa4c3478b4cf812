// KernelEngine
