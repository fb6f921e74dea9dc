import type { ProxyConfig } from '../../kube-proxy-config';
import { buildIpvs, type IpvsTables, withDraining } from '../ipvs';
import { keepFew } from '../keep-few';
import { buildRuleset, differsByNode, type ProxyInputs } from '../rules/build-ruleset';
import { withLeftover } from '../rules/leftover';
import { EMPTY_RULESET, type Ruleset } from '../rules/rules';
import type { Kernel, Known } from './kernel';

/** A kernel's rules and tables. */
export interface BuiltKernel {
  /** All that `iptables-save` prints. */
  readonly iptables: Ruleset;
  /** Virtual servers, ipsets and kube-ipvs0. */
  readonly ipvs?: IpvsTables | undefined;
}

/** What was made of kernels that carried traffic or were looked at. */
const made = new WeakMap<Kernel, BuiltKernel>();

/** The rules and tables that follow from what is in a kernel; a pure function that remembers. */
export function builtKernel(kernel: Kernel): BuiltKernel {
  const before = made.get(kernel);
  if (before !== undefined) return before;
  const built = build(kernel);
  made.set(kernel, built);
  return built;
}

function build({ known, ipvs, leftover, told }: Kernel): BuiltKernel {
  const fresh = known === undefined ? (told?.iptables ?? EMPTY_RULESET) : rulesOf(known);
  const iptables = leftover === undefined ? fresh : withLeftover(fresh, leftover);
  const tables = ipvs === undefined ? told?.ipvs : withDraining(tablesOf(ipvs.known).ipvs, ipvs.draining);
  return tables === undefined ? { iptables } : { iptables, ipvs: tables };
}

/** The rules that a kube-proxy writes that knows this, whatever else is there. */
export function rulesOf(known: Known): Ruleset {
  return known.config.mode === 'ipvs' ? tablesOf(known).iptables : iptablesOf(known);
}

interface Shared {
  readonly differs: boolean;
  readonly iptables: Map<string, Ruleset>;
  readonly ipvs: Map<string, ReturnType<typeof buildIpvs>>;
}

/** What was made from the same inputs: nodes whose rules come out the same share them. */
const shared = new WeakMap<ProxyInputs, Shared>();

function sharedBy(inputs: ProxyInputs): Shared {
  const before = shared.get(inputs);
  if (before !== undefined) return before;
  const fresh = { differs: differsByNode(inputs), iptables: new Map(), ipvs: new Map() };
  shared.set(inputs, fresh);
  return fresh;
}

function iptablesOf(known: Known): Ruleset {
  const { inputs, node } = known;
  const config = resolved(known);
  const { differs, iptables } = sharedBy(inputs);
  const place = differs || config.nodePortAddresses.length > 0 ? `${node.name} ${node.ip} ${node.zone}` : '';
  const addresses = [...node.addresses, ...(node.gateway === undefined ? [] : [node.gateway]), '127.0.0.1'];
  return keepFew(iptables, `${place} ${JSON.stringify(config)}`, () =>
    buildRuleset(inputs, { name: node.name, ip: node.ip, zone: node.zone }, addresses, config),
  );
}

function tablesOf(known: Known): ReturnType<typeof buildIpvs> {
  const config = resolved(known);
  return keepFew(sharedBy(known.inputs).ipvs, JSON.stringify([known.node, config]), () =>
    buildIpvs(known.inputs, known.node, config),
  );
}

/** Tables of virtual servers as a kube-proxy in IPVS mode writes them. */
export const ipvsOf = (known: Known): IpvsTables => tablesOf(known).ipvs;

function resolved({ config, node }: Known): ProxyConfig {
  return config.localRange === 'node' ? { ...config, localRange: node.podCIDR } : config;
}
