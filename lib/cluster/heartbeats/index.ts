export { asRenewed, NO_SILENCE, REPORTED, renewedNode, type Silence } from './as-renewed';
export { NODE_LEASE, untilNextBeat } from './beats';
export { hasKubelet } from './has-kubelet';
