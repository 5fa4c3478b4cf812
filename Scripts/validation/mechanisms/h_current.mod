: The hyperpolarisation-activated cation current with the kinetics of Kole, Hallermann & Stuart 2006.
NEURON {
  SUFFIX HCurrent
  NONSPECIFIC_CURRENT i
  RANGE gbar, i
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0 (S/cm2)
  e = -45 (mV)
}
ASSIGNED {
  v (mV)
  i (mA/cm2)
  open
  tau (ms)
}
STATE { m }
INITIAL {
  rates(v)
  m = open
}
BREAKPOINT {
  SOLVE gate METHOD cnexp
  i = gbar * m * (v - e)
}
DERIVATIVE gate {
  rates(v)
  m' = (open - m) / tau
}
PROCEDURE rates(v (mV)) {
  LOCAL x, alpha, beta
  TABLE open, tau FROM -120 TO 80 WITH 2000
  UNITSOFF
  x = (v + 154.9) / 11.9
  if (fabs(x) < 1e-6) {
    alpha = 0.00643 * 11.9
  } else {
    alpha = 0.00643 * (v + 154.9) / (exp(x) - 1)
  }
  beta = 0.193 * exp(v / 33.1)
  open = alpha / (alpha + beta)
  tau = 1 / (alpha + beta)
  UNITSON
}
