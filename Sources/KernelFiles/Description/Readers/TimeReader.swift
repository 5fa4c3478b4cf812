import LFPKernels

extension KernelSettings {
  /// Most steps of lags in one direction.
  private static let stepLimit = 10_000_000.0

  /// Reads `time`; keys that are not given have the defaults.
  static func read(_ field: Field) -> KernelSettings? {
    guard
      let map = field.mapping([
        "dt", "tau", "solver", "delays", "lags", "tolerance", "average", "average_tolerance",
      ])
    else { return nil }
    var settings = KernelSettings()
    let dt = map.optional("dt")?.number(.time, .positive)
    let tau = map.optional("tau")?.number(.time, .positive)
    if let dt { settings.dt = dt }
    if let tau { settings.tau = tau }
    if let solver = map.optional("solver")?.option(CableSolver.self) { settings.solver = solver }
    if let delays = map.optional("delays")?.option(DelayMethod.self) { settings.delays = delays }
    if let lags = map.optional("lags")?.option(LagRange.self) { settings.lags = lags }
    if let field = map.optional("tolerance"), let tolerance = field.number() {
      if tolerance < 1e-12 || tolerance > 1e-2 {
        field.report("\(field.shown) is no tolerance; it must lie between 1e-12 and 1e-2")
      }
      settings.tolerance = tolerance
    }
    if let average = map.optional("average")?.option(SomaAverage.self) {
      settings.average = average
    }
    if let field = map.optional("average_tolerance"), let tolerance = field.number() {
      if tolerance < 1e-10 || tolerance > 1e-1 {
        field.report("\(field.shown) is no tolerance; it must lie between 1e-10 and 1e-1")
      }
      settings.averageTolerance = tolerance
    }
    let isReadable = [("dt", dt), ("tau", tau)].allSatisfy {
      map.optional($0.0) == nil || $0.1 != nil
    }
    if isReadable, let field = map.optional("tau") ?? map.optional("dt") {
      checkGrid(&settings, field)
    }
    return settings
  }

  /// Checks that tau is a whole number of steps dt.
  private static func checkGrid(_ settings: inout KernelSettings, _ field: Field) {
    let (dt, tau) = (settings.dt, settings.tau)
    guard tau >= dt else {
      field.report("tau (\(tau) ms) is shorter than dt (\(dt) ms); it must hold at least one step")
      return
    }
    let steps = tau / dt
    guard steps <= stepLimit else {
      field.report(
        "tau (\(tau) ms) holds more than \(Int(stepLimit)) steps of dt (\(dt) ms); "
          + "use a longer step or a shorter tau")
      return
    }
    if abs(steps - steps.rounded()) > 1e-9 * steps {
      let (below, above) = (steps.rounded(.down) * dt, steps.rounded(.up) * dt)
      field.report(
        "tau (\(tau) ms) is not a multiple of dt (\(dt) ms); the nearest are "
          + "\(below.inMessage) and \(above.inMessage) ms"
      )
    }
  }
}
