export { answer } from './answer';
export { type DnsConfig, KUBEADM_COREFILE, readCorefile } from './corefile';
export { OUTSIDE_NAMES } from './outside-names';
export { outsideAnswer } from './upstream';
