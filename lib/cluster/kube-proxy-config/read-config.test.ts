import { describe, expect, it } from 'vitest';
import { defaultProxyConfig, type ReadConfig, readProxyConfig } from './index';

const HEAD = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
const read = (text: string): ReadConfig => readProxyConfig(HEAD + text);
const defaults = defaultProxyConfig('10.244.0.0/16');
const CIDR = 'clusterCIDR: 10.244.0.0/16\n';

describe('[PC1] what is blank has its default', () => {
  it.each<[string, string, object]>([
    [
      'kubeadm’s',
      `${CIDR}mode: ""\nipvs: {scheduler: "", strictARP: false}\niptables: {localhostNodePorts: null}\n`,
      {},
    ],
    ['nothing at all', '', { localRange: undefined }],
    ['ipvs', `${CIDR}mode: ipvs\n`, { mode: 'ipvs', minSyncMs: 0 }],
    ['how often rules are written', `${CIDR}iptables: {minSyncPeriod: 2s500ms}`, { minSyncMs: 2500 }],
    ['its default', `${CIDR}iptables: {minSyncPeriod: 0s}`, {}],
    [
      'another scheduler',
      `${CIDR}mode: ipvs\nipvs: {scheduler: lc, strictARP: true}`,
      { mode: 'ipvs', scheduler: 'lc', strictARP: true, minSyncMs: 0 },
    ],
    [
      'iptables by name',
      `${CIDR}mode: iptables\niptables: {masqueradeAll: true, localhostNodePorts: false, masqueradeBit: 15}`,
      { masqueradeAll: true, localhostNodePorts: false, masqueradeBit: 15 },
    ],
    [
      'node port addresses',
      `${CIDR}nodePortAddresses: [192.168.50.0/24]`,
      { nodePortAddresses: ['192.168.50.0/24'] },
    ],
    ['dual-stack ranges', 'clusterCIDR: fd00::/64,10.1.0.0/16', { localRange: '10.1.0.0/16' }],
    ['NodeCIDR', `${CIDR}detectLocalMode: NodeCIDR`, { localRange: 'node' }],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual({ config: { ...defaults, ...expected } });
  });
});

describe('[PC1], [PC2] what kube-proxy does not start with', () => {
  it.each<[string, string, string]>([
    [
      'an unknown mode',
      `mode: userspace`,
      'failed validate: KubeProxyConfiguration.ProxyMode: Invalid value: "userspace": must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables])',
    ],
    [
      'nftables',
      'mode: nftables',
      'unable to create proxier: could not find nftables binary: exec: "nft": executable file not found in $PATH',
    ],
    [
      'a scheduler that no kernel module brings',
      'mode: ipvs\nipvs: {scheduler: lblc}',
      "can't use the IPVS proxier: no such file or directory",
    ],
    [
      'local traffic by interface',
      'detectLocalMode: BridgeInterface',
      'unable to create proxier: detectLocalMode BridgeInterface is not available on this node',
    ],
    [
      'two problems',
      'mode: x\ndetectLocalMode: y',
      'failed validate: [KubeProxyConfiguration.ProxyMode: Invalid value: "x": must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables]), KubeProxyConfiguration.DetectLocalMode: Unsupported value: "y": supported values: "BridgeInterface", "ClusterCIDR", "InterfaceNamePrefix", "NodeCIDR"]',
    ],
  ])('%s', (_, text, error) => {
    expect(read(text)).toMatchObject({ error });
  });

  it('no YAML, and another kind', () => {
    expect(readProxyConfig('mode: [')).toMatchObject({
      error: expect.stringMatching(/^failed complete: yaml: /),
    });
    expect(read('iptables: {minSyncPeriod: often}')).toMatchObject({
      error: 'failed complete: time: invalid duration "often"',
    });
    expect(readProxyConfig('kind: X\napiVersion: v1')).toMatchObject({
      error: expect.stringMatching(/^failed complete: no kind "X" is registered for version "v1"/),
    });
  });
});
