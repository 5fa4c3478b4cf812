import Testing

@Suite struct KernelFilesTests {}
