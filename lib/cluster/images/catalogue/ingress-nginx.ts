import { ingressNginx } from '../../ingress';
import { defineImage } from '../define-image';
import { ALPINE_TOOLS } from '../tools';

/** The controller of ingress-nginx; what it does is `cluster/ingress`. */
export const ingressNginxImage = defineImage({
  names: ['ingress-nginx/controller', 'ingress-nginx/controller-chroot'],
  registries: ['registry.k8s.io', 'k8s.gcr.io'],
  entrypoint: ['/usr/bin/dumb-init', '--'],
  cmd: ['/nginx-ingress-controller'],
  programs: ['nginx-ingress-controller', 'dumb-init'],
  sizeBytes: 104_600_000,
  user: '101',
  tools: [...ALPINE_TOOLS.filter((tool) => tool !== 'apk'), 'bash', 'curl', 'openssl'],
  // Its preStop hook waits for the end that the signal brings.
  executables: { 'wait-shutdown': { step: () => ({ state: null, next: { kind: 'exit', code: 0 } }) } },
  program: ingressNginx,
});
