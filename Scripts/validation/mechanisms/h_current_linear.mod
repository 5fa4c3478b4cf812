: The h current to first order about the potential vr: its gate follows small changes of v linearly.
NEURON {
  SUFFIX HCurrentLinear
  NONSPECIFIC_CURRENT i
  RANGE gbar, vr, i, open, slope, tau
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0 (S/cm2)
  e = -45 (mV)
  vr = -65 (mV)
}
ASSIGNED {
  v (mV)
  i (mA/cm2)
  open
  slope (/mV)
  tau (ms)
}
STATE { x (mV) }
INITIAL {
  about(vr)
  x = v - vr
}
BREAKPOINT {
  SOLVE gate METHOD cnexp
  i = gbar * (open * (v - e) + slope * (vr - e) * x)
}
DERIVATIVE gate {
  x' = (v - vr - x) / tau
}
FUNCTION opening(v (mV)) {
  LOCAL alpha, beta
  UNITSOFF
  alpha = 0.00643 * (v + 154.9) / (exp((v + 154.9) / 11.9) - 1)
  beta = 0.193 * exp(v / 33.1)
  opening = alpha / (alpha + beta)
  UNITSON
}
PROCEDURE about(v (mV)) {
  LOCAL d
  UNITSOFF
  d = 0.001
  open = opening(v)
  slope = (opening(v + d) - opening(v - d)) / (2 * d)
  tau = 1 / (0.00643 * (v + 154.9) / (exp((v + 154.9) / 11.9) - 1) + 0.193 * exp(v / 33.1))
  UNITSON
}
