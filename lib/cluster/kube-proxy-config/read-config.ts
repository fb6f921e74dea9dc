import { parseDocument } from 'yaml';
import { isRecord, parseDuration } from '../../base';
import { MIN_SYNC_MS, type ProxyConfig } from './proxy-config';
import { isScheduler } from './schedulers';

/** Where kubeadm's DaemonSet mounts the configuration. */
export const CONFIG_PATH = '/var/lib/kube-proxy/config.conf';

/** A configuration, or why kube-proxy does not start with it, in its own words; `late` when it had begun to run. */
export type ReadConfig =
  | { readonly config: ProxyConfig }
  | { readonly error: string; readonly late?: true | undefined };

const MODES = ['iptables', 'ipvs', 'nftables'];
const LOCAL_MODES = ['ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'];

/** Reads a KubeProxyConfiguration as kube-proxy does when it starts. */
export function readProxyConfig(text: string): ReadConfig {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) return failed(`yaml: ${broken.message.split('\n')[0] ?? ''}`);
  const root: unknown = document.toJS();
  if (!isRecord(root)) return failed('failed to decode: no kind "" is registered');
  const { kind, apiVersion } = root;
  if (kind !== 'KubeProxyConfiguration' || apiVersion !== 'kubeproxy.config.k8s.io/v1alpha1')
    return failed(
      `no kind "${text_(kind)}" is registered for version "${text_(apiVersion)}" in scheme "k8s.io/kubernetes/pkg/proxy/apis/config/scheme/scheme.go:29"`,
    );
  const mode = text_(root.mode) === '' ? 'iptables' : text_(root.mode);
  const unreadable = unreadableDuration(root);
  if (unreadable !== undefined) return failed(unreadable);
  const problems = [...modeProblems(mode), ...localModeProblems(text_(root.detectLocalMode))];
  if (problems.length > 0)
    return { error: `failed validate: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}` };
  const refusal = refusalOf(mode, root);
  return refusal === undefined ? { config: configOf(root, mode) } : { error: refusal, late: true };
}

const failed = (why: string): ReadConfig => ({ error: `failed complete: ${why}` });
const text_ = (value: unknown): string => (typeof value === 'string' ? value : '');
const section = (
  root: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> => {
  const found = root[name];
  return isRecord(found) ? found : {};
};

function unreadableDuration(root: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['iptables', 'ipvs']) {
    const { minSyncPeriod } = section(root, name);
    const read = typeof minSyncPeriod === 'string' ? parseDuration(minSyncPeriod) : 0;
    if (typeof read !== 'number') return read.error;
  }
  return undefined;
}

function modeProblems(mode: string): readonly string[] {
  const known = MODES.join(', ');
  return MODES.includes(mode)
    ? []
    : [
        `KubeProxyConfiguration.ProxyMode: Invalid value: "${mode}": must be ${known} or blank (blank means the best-available proxy [currently iptables])`,
      ];
}

function localModeProblems(mode: string): readonly string[] {
  return mode === '' || LOCAL_MODES.includes(mode)
    ? []
    : [
        `KubeProxyConfiguration.DetectLocalMode: Unsupported value: "${mode}": supported values: ${[
          ...LOCAL_MODES,
        ]
          .sort()
          .map((each) => `"${each}"`)
          .join(', ')}`,
      ];
}

/** What a real kube-proxy could do, and these nodes can't. */
function refusalOf(mode: string, root: Readonly<Record<string, unknown>>): string | undefined {
  const local = text_(root.detectLocalMode);
  if (local === 'BridgeInterface' || local === 'InterfaceNamePrefix')
    return `unable to create proxier: detectLocalMode ${local} is not available on this node`;
  if (mode === 'nftables')
    return 'unable to create proxier: could not find nftables binary: exec: "nft": executable file not found in $PATH';
  const scheduler = text_(section(root, 'ipvs').scheduler);
  if (mode === 'ipvs' && scheduler !== '' && !isScheduler(scheduler))
    return "can't use the IPVS proxier: no such file or directory";
  return undefined;
}

function configOf(root: Readonly<Record<string, unknown>>, mode: string): ProxyConfig {
  const iptables = section(root, 'iptables');
  const ipvs = section(root, 'ipvs');
  const { masqueradeBit } = iptables;
  const addresses = Array.isArray(root.nodePortAddresses) ? root.nodePortAddresses.map(text_) : [];
  const scheduler = text_(ipvs.scheduler);
  return {
    mode: mode === 'ipvs' ? 'ipvs' : 'iptables',
    localRange: localRangeOf(root),
    masqueradeAll: iptables.masqueradeAll === true,
    masqueradeBit: typeof masqueradeBit === 'number' ? masqueradeBit : 14,
    localhostNodePorts: iptables.localhostNodePorts !== false,
    nodePortAddresses: addresses,
    scheduler: scheduler === '' ? 'rr' : scheduler,
    strictARP: ipvs.strictARP === true,
    family: 'IPv4',
    minSyncMs: minSyncOf(mode, mode === 'ipvs' ? ipvs : iptables),
  };
}

function minSyncOf(mode: string, { minSyncPeriod }: Readonly<Record<string, unknown>>): number {
  const asked = parseDuration(text_(minSyncPeriod));
  if (typeof asked === 'number' && asked > 0) return asked;
  return mode === 'ipvs' ? 0 : MIN_SYNC_MS;
}

function localRangeOf(root: Readonly<Record<string, unknown>>): string | undefined {
  if (text_(root.detectLocalMode) === 'NodeCIDR') return 'node';
  return text_(root.clusterCIDR)
    .split(',')
    .map((range) => range.trim())
    .find((range) => range !== '' && !range.includes(':'));
}
