import type { Json } from '../../../api';
import { defineImage } from '../define-image';
import type { Program } from '../program';
import { kubeProxy } from '../programs/kube-proxy';
import { NO_TOOLS } from '../tools';

const KUBERNETES = ['registry.k8s.io', 'k8s.gcr.io'];

const silent: Program<Json> = {
  start: () => ({ state: null }),
  listens: () => [],
  serve: (state) => ({ state, reply: { kind: 'closed', why: 'reset' } }),
};

/** The container that holds a Pod's network. */
export const pause = defineImage({
  names: ['pause'],
  registries: KUBERNETES,
  entrypoint: ['/pause'],
  sizeBytes: 320_000,
  tools: NO_TOOLS,
  program: silent,
});

/** kube-proxy: its rules and its pages are the network's; the container shows its log, and ends when it can't start. */
export const kubeProxyImage = defineImage({
  names: ['kube-proxy'],
  registries: KUBERNETES,
  entrypoint: ['/go-runner'],
  cmd: ['/usr/local/bin/kube-proxy'],
  programs: ['kube-proxy', 'go-runner'],
  sizeBytes: 25_800_000,
  tools: ['conntrack', 'ip', 'ipset', 'iptables', 'iptables-save', 'iptables-restore'],
  program: kubeProxy,
});

/** The control plane's own images; their work is done by this cluster itself. */
export const controlPlane = defineImage({
  names: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'],
  registries: KUBERNETES,
  entrypoint: ['/go-runner'],
  cmd: [],
  programs: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'go-runner'],
  sizeBytes: 27_700_000,
  tools: NO_TOOLS,
  program: silent,
});
