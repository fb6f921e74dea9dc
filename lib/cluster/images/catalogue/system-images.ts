import type { Json } from '../../../api';
import { defineImage } from '../define-image';
import { goText } from '../http';
import { everywhere, type Program } from '../program';
import { kubeProxy } from '../programs/kube-proxy';
import { webServer } from '../programs/web-server';
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

/** Whether CoreDNS answers queries is decided where the cluster's objects can be seen: the network. */
export const coredns = defineImage({
  names: ['coredns/coredns', 'coredns'],
  registries: [...KUBERNETES, 'docker.io'],
  entrypoint: ['/coredns'],
  sizeBytes: 22_380_000,
  tools: NO_TOOLS,
  program: {
    ...webServer({
      ports: () => [8080, 8181, 9153],
      startLog: () => [
        '.:53',
        '[INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b',
        'CoreDNS-1.13.1',
        'linux/amd64, go1.25.2, 1db4568',
      ],
      answer: (request, incoming, env) =>
        incoming.port === 9153 && request.path !== '/metrics'
          ? goText(env.now, 404, '404 page not found\n')
          : goText(env.now, 200, incoming.port === 9153 ? METRICS : 'OK'),
    }),
    listens: () => [
      everywhere(53, 'UDP'),
      everywhere(53, 'TCP'),
      everywhere(8080),
      everywhere(8181),
      everywhere(9153),
    ],
  },
});

const METRICS =
  '# HELP coredns_build_info A metric with a constant \'1\' value labeled by version, revision, and goversion from which CoreDNS was built.\n# TYPE coredns_build_info gauge\ncoredns_build_info{goversion="go1.25.2",revision="1db4568",version="1.13.1"} 1\n';

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
