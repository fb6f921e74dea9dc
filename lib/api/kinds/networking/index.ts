export { ingressKind } from './ingress';
export { ingressClassKind } from './ingress-class';
export { ipAddressKind } from './ip-address';
export { networkPolicyKind } from './network-policy';
export { serviceCidrKind } from './service-cidr';
