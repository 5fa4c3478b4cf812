import CHDF5

extension HDF5File {
  /// Creates a group with all groups above it; nothing happens if it is there already.
  public func createGroup(_ path: [String]) throws(StorageError) {
    try HDF5Library.locked { () throws(StorageError) in
      _ = try openOrCreateGroup(path)
    }
  }

  /// The names of a group's members: in the order in which they were created if the file knows
  /// it (those of this project do), else by name.
  public func members(of path: [String] = []) throws(StorageError) -> [String] {
    try HDF5Library.locked { () throws(StorageError) in
      let context = HDF5Context(file: name, path: path)
      let group = try openGroup(path)
      var info = H5G_info_t()
      try context.check(H5Gget_info(group.id, &info), "list a group")
      let index = try hasCreationOrder(group, context) ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME
      var names: [String] = []
      for position in 0..<info.nlinks {
        names.append(try memberName(group, index, position, context))
      }
      return names
    }
  }

  /// Whether there is an object of this path.
  public func exists(_ path: [String]) throws(StorageError) -> Bool {
    do {
      return try HDF5Library.locked { () throws(StorageError) in
        _ = try openObject(path)
        return true
      }
    } catch {
      if error.kind == .missingObject { return false }
      throw error
    }
  }

  /// Opens any object. Names which member is missing, and which are there.
  func openObject(_ path: [String]) throws(StorageError) -> HDF5Handle {
    var current = try openRoot()
    for (depth, component) in path.enumerated() {
      let context = HDF5Context(file: name, path: Array(path[...depth]))
      try checkComponent(component, context)
      guard H5Iget_type(current.id) == H5I_GROUP else {
        let above = HDF5Context(file: name, path: Array(path[..<depth]))
        throw above.error(.wrongType, "is not a group", "it should hold \"\(component)\"")
      }
      let there = H5Lexists(current.id, component, hid_t(H5P_DEFAULT))
      guard there >= 0 else { throw context.failure("look it up", .damaged) }
      guard there > 0 else { throw missing(context, in: current, depth: depth) }
      let id = H5Oopen(current.id, component, hid_t(H5P_DEFAULT))
      guard id >= 0 else { throw context.failure("open it", .damaged) }
      current = try HDF5Handle(id, closingWith: { H5Oclose($0) }, in: context, "open it")
    }
    return current
  }

  func openGroup(_ path: [String]) throws(StorageError) -> HDF5Handle {
    let object = try openObject(path)
    guard H5Iget_type(object.id) == H5I_GROUP else {
      throw HDF5Context(file: name, path: path).error(.wrongType, "is not a group")
    }
    return object
  }

  /// Opens a group, creating what is missing of its path: one group at a time, because groups
  /// that the library creates on the way get timestamps.
  func openOrCreateGroup(_ path: [String]) throws(StorageError) -> HDF5Handle {
    try checkWritableFile()
    var current = try openRoot()
    for (depth, component) in path.enumerated() {
      let context = HDF5Context(file: name, path: Array(path[...depth]))
      try checkComponent(component, context)
      let there = H5Lexists(current.id, component, hid_t(H5P_DEFAULT))
      guard there >= 0 else { throw context.failure("look it up") }
      if there > 0 {
        current = try openGroup(Array(path[...depth]))
        continue
      }
      let creation = try Self.groupCreation(lfpkernels_H5P_GROUP_CREATE(), context)
      let links = try linkCreation(context)
      current = try HDF5Handle(
        H5Gcreate2(current.id, component, links.id, creation.id, hid_t(H5P_DEFAULT)),
        closingWith: { H5Gclose($0) }, in: context, "create a group")
    }
    return current
  }

  /// Properties of links: names in UTF-8.
  func linkCreation(_ context: HDF5Context) throws(StorageError) -> HDF5Handle {
    let links = try HDF5Handle(
      H5Pcreate(lfpkernels_H5P_LINK_CREATE()), closingWith: { H5Pclose($0) }, in: context,
      "prepare a name")
    try context.check(H5Pset_char_encoding(links.id, H5T_CSET_UTF8), "store a name in UTF-8")
    return links
  }

  func checkComponent(_ component: String, _ context: HDF5Context) throws(StorageError) {
    guard
      component.isEmpty || component == "." || component.contains("/")
        || component.utf8.contains(0)
    else { return }
    throw StorageError(
      .invalidName, file: context.file, object: context.object,
      problem: "\(component.debugDescription) cannot be a name in an HDF5 file",
      remedy: "names are not empty, not \".\", and have no \"/\" in them")
  }

  func checkWritableFile() throws(StorageError) {
    guard isWritable else {
      throw StorageError(.notWritable, file: name, problem: "was opened for reading only")
    }
  }

  private func openRoot() throws(StorageError) -> HDF5Handle {
    let context = HDF5Context(file: name)
    let id = H5Gopen2(handle.id, "/", hid_t(H5P_DEFAULT))
    guard id >= 0 else { throw context.failure("open it", .damaged) }
    return try HDF5Handle(id, closingWith: { H5Gclose($0) }, in: context, "open it")
  }

  private func missing(
    _ context: HDF5Context, in group: borrowing HDF5Handle, depth: Int
  ) -> StorageError {
    let parent = Array(context.path[..<depth])
    let names = (try? members(of: parent)) ?? []
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
    let place = "/" + parent.joined(separator: "/")
    return context.error(
      .missingObject, "does not exist",
      names.isEmpty ? "\(place) is empty" : "\(place) holds \(listed)")
  }

  private func hasCreationOrder(
    _ group: borrowing HDF5Handle, _ context: HDF5Context
  ) throws(StorageError) -> Bool {
    let creation = try HDF5Handle(
      H5Gget_create_plist(group.id), closingWith: { H5Pclose($0) }, in: context, "list a group")
    var flags: UInt32 = 0
    try context.check(H5Pget_link_creation_order(creation.id, &flags), "list a group")
    return flags & UInt32(H5P_CRT_ORDER_TRACKED) != 0
  }

  private func memberName(
    _ group: borrowing HDF5Handle, _ index: H5_index_t, _ position: hsize_t,
    _ context: HDF5Context
  ) throws(StorageError) -> String {
    let length = H5Lget_name_by_idx(
      group.id, ".", index, H5_ITER_INC, position, nil, 0, hid_t(H5P_DEFAULT))
    guard length >= 0 else { throw context.failure("list a group", .damaged) }
    let (bytes, taken) = readInto(count: length + 1, of: CChar.self) {
      H5Lget_name_by_idx(
        group.id, ".", index, H5_ITER_INC, position, $0.baseAddress, length + 1,
        hid_t(H5P_DEFAULT))
    }
    let units = bytes.prefix(length).map { UInt8(bitPattern: $0) }
    guard taken == length, let name = String(validating: units, as: UTF8.self)
    else { throw context.error(.damaged, "the name of a member is not UTF-8") }
    return name
  }
}
