: A synapse that injects a current, the difference of two exponentials with unit peak times the weight (nA).
NEURON {
  POINT_PROCESS SynapticCurrent
  RANGE tau1, tau2, i
  NONSPECIFIC_CURRENT i
}
UNITS { (nA) = (nanoamp) }
PARAMETER {
  tau1 = 0.2 (ms)
  tau2 = 2 (ms)
}
ASSIGNED {
  i (nA)
  peak
}
STATE {
  rise (nA)
  decay (nA)
}
INITIAL {
  LOCAL t_peak
  rise = 0
  decay = 0
  t_peak = tau1 * tau2 / (tau2 - tau1) * log(tau2 / tau1)
  peak = 1 / (exp(-t_peak / tau2) - exp(-t_peak / tau1))
}
BREAKPOINT {
  SOLVE fall METHOD cnexp
  i = rise - decay  : positive weights depolarise, so the current is inward (negative)
}
DERIVATIVE fall {
  rise' = -rise / tau1
  decay' = -decay / tau2
}
NET_RECEIVE(weight (nA)) {
  rise = rise + weight * peak
  decay = decay + weight * peak
}
