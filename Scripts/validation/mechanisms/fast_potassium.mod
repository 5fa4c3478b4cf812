: The fast, non-inactivating potassium current of Hay et al. 2011 (after Rettig et al. 1992).
NEURON {
  SUFFIX FastPotassium
  USEION k READ ek WRITE ik
  RANGE gbar
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER { gbar = 0 (S/cm2) }
ASSIGNED {
  v (mV)
  ek (mV)
  ik (mA/cm2)
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
  ik = gbar * m * (v - ek)
}
DERIVATIVE gate {
  rates(v)
  m' = (open - m) / tau
}
PROCEDURE rates(v (mV)) {
  TABLE open, tau FROM -120 TO 80 WITH 2000
  UNITSOFF
  open = 1 / (1 + exp((v - 18.7) / -9.7))
  tau = 4 / (1 + exp((v + 46.56) / -44.14))
  UNITSON
}
