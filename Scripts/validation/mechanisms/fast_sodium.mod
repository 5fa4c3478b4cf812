: The transient sodium current of Hay et al. 2011 (after Colbert & Pan 2002), at 34 degrees.
NEURON {
  SUFFIX FastSodium
  USEION na READ ena WRITE ina
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
  ena (mV)
  ina (mA/cm2)
  mopen
  hopen
  mtau (ms)
  htau (ms)
}
STATE {
  m
  h
}
INITIAL {
  rates(v)
  m = mopen
  h = hopen
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  ina = gbar * m * m * m * h * (v - ena)
}
DERIVATIVE gates {
  rates(v)
  m' = (mopen - m) / mtau
  h' = (hopen - h) / htau
}
: x / (exp(x / y) - 1), also where x is 0.
FUNCTION linoid(x, y) {
  if (fabs(x / y) < 1e-6) {
    linoid = y * (1 - x / y / 2)
  } else {
    linoid = x / (exp(x / y) - 1)
  }
}
PROCEDURE rates(v (mV)) {
  LOCAL a, b, q
  TABLE mopen, mtau, hopen, htau FROM -120 TO 80 WITH 2000
  UNITSOFF
  q = 2.3 ^ ((34 - 21) / 10)
  a = 0.182 * linoid(-(v + 38), 6)
  b = 0.124 * linoid(v + 38, 6)
  mopen = a / (a + b)
  mtau = 1 / ((a + b) * q)
  a = 0.015 * linoid(v + 66, 6)
  b = 0.015 * linoid(-(v + 66), 6)
  hopen = a / (a + b)
  htau = 1 / ((a + b) * q)
  UNITSON
}
