export { ingressKind } from './ingress';
export { ingressClassKind } from './ingress-class';
export { networkPolicyKind } from './network-policy';
