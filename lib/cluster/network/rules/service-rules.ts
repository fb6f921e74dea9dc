import type { ProxyConfig } from '../../kube-proxy-config';
import { inRange } from '../addresses';
import { chainNames } from './chain-names';
import { writeEndpointChains } from './endpoint-rules';
import { type Categorized, categorizeEndpoints, type ProxyNode } from './endpoints';
import { about, comment, MARK_MASQ, RuleWriter } from './rule-writer';
import type { Match, Origin, Rule, Target } from './rules';
import { isExternallyAccessible, type ServicePortInfo } from './service-ports';

/** The rules of one service port: those that go into shared chains, and its own chains. */
export interface PortRules {
  readonly nat: Readonly<Record<string, readonly Rule[]>>;
  readonly filter: Readonly<Record<string, readonly Rule[]>>;
}

const FROM_HERE: Match = { kind: 'local', end: 'source' };

interface Context {
  readonly port: ServicePortInfo;
  readonly node: ProxyNode;
  readonly config: ProxyConfig;
  readonly names: ReturnType<typeof chainNames>;
  readonly found: Categorized;
  readonly hasInternal: boolean;
  readonly hasExternal: boolean;
  readonly writer: RuleWriter;
}

/** Writes the rules of one service port for one node (kube-proxy's syncProxyRules, per service). */
export function portRules(port: ServicePortInfo, node: ProxyNode, config: ProxyConfig): PortRules {
  const found = categorizeEndpoints(port, node);
  const writer = new RuleWriter();
  const context: Context = {
    port,
    node,
    config,
    names: chainNames(port.name, port.protocol),
    found,
    hasInternal: found.any && !(port.internalLocal && found.local.length === 0),
    hasExternal: found.any && !(port.externalLocal && found.local.length === 0),
    writer,
  };
  captureClusterIP(context);
  captureExternal(context);
  captureNodePorts(context);
  writeClusterIPMasquerade(context);
  if (found.any && isExternallyAccessible(port)) writeExternalChain(context);
  if (usesFirewall(context)) writeFirewallChain(context);
  writeEndpointChains(writer, port, context.names, found);
  return { nat: writer.nat, filter: writer.filter };
}

function usesFirewall({ port, found }: Context): boolean {
  return found.any && port.loadBalancerIPs.length > 0 && port.sourceRanges.length > 0;
}

function portMatches(port: ServicePortInfo, text: string, ip: string): readonly Match[] {
  return [
    comment(text),
    { kind: 'port', protocol: port.protocol, port: port.port },
    { kind: 'destination', range: ip },
  ];
}

/** What the filter table says of traffic that has no endpoint to go to. */
function refusal(
  { port, found }: Context,
  policy: 'spec.internalTrafficPolicy' | 'spec.externalTrafficPolicy',
): { readonly text: string; readonly target: Target; readonly origin: Origin } {
  if (found.any)
    return {
      text: `${port.name} has no local endpoints`,
      target: { kind: 'drop' },
      origin: about(port, policy),
    };
  const text = `${port.name} has no endpoints`;
  const unready = port.endpoints[0]?.origin;
  const field = unready?.field?.replace(/addresses$/, 'conditions.ready');
  const origin = unready === undefined ? about(port, 'spec.selector') : { ...unready, field };
  return { text, target: { kind: 'reject' }, origin };
}

function captureClusterIP(context: Context): void {
  const { port, names, writer } = context;
  if (context.hasInternal) {
    const chain = port.internalLocal ? names.local : names.cluster;
    const matches = portMatches(port, `${port.name} cluster IP`, port.clusterIP);
    writer.add('nat', 'KUBE-SERVICES', matches, { kind: 'jump', chain }, about(port, 'spec.clusterIP'));
    return;
  }
  const { text, target, origin } = refusal(context, 'spec.internalTrafficPolicy');
  writer.add('filter', 'KUBE-SERVICES', portMatches(port, text, port.clusterIP), target, origin);
}

function captureExternal(context: Context): void {
  const { port, names, found, writer } = context;
  const addresses = [
    ...port.externalIPs.map((ip) => ({
      ip,
      what: 'external IP',
      field: 'spec.externalIPs',
      chain: names.external,
    })),
    ...port.loadBalancerIPs.map((ip) => ({
      ip,
      what: 'loadbalancer IP',
      field: 'status.loadBalancer.ingress',
      chain: usesFirewall(context) ? names.firewall : names.external,
    })),
  ];
  for (const { ip, what, field, chain } of addresses) {
    if (found.any)
      writer.add(
        'nat',
        'KUBE-SERVICES',
        portMatches(port, `${port.name} ${what}`, ip),
        { kind: 'jump', chain },
        about(port, field),
      );
    if (usesFirewall(context) && what === 'loadbalancer IP') {
      const text = `${port.name} traffic not accepted by ${names.firewall}`;
      const origin = about(port, 'spec.loadBalancerSourceRanges');
      writer.add('filter', 'KUBE-PROXY-FIREWALL', portMatches(port, text, ip), { kind: 'drop' }, origin);
    }
    if (!context.hasExternal) {
      const { text, target, origin } = refusal(context, 'spec.externalTrafficPolicy');
      writer.add('filter', 'KUBE-EXTERNAL-SERVICES', portMatches(port, text, ip), target, origin);
    }
  }
}

const BY_LOCALHOST: readonly Match[] = [
  { kind: 'destination', range: '127.0.0.0/8' },
  { kind: 'count', counter: 'localhost_nps_accepted_pkts' },
];

function captureNodePorts(context: Context): void {
  const { port, names, found, config, writer } = context;
  const dport: Match = { kind: 'port', protocol: port.protocol, port: port.nodePort };
  const origin = about(port, 'spec.ports[].nodePort');
  if (port.nodePort !== 0 && found.any) {
    const target: Target = { kind: 'jump', chain: names.external };
    const matches = [comment(port.name), dport];
    // Who still comes by localhost is counted: kube-proxy would like to do without.
    if (config.localhostNodePorts && config.family === 'IPv4') {
      writer.add('nat', 'KUBE-NODEPORTS', [...matches, ...BY_LOCALHOST], target, origin);
    }
    writer.add('nat', 'KUBE-NODEPORTS', matches, target, origin);
  }
  if (port.nodePort !== 0 && !context.hasExternal) {
    const { text, target, origin: reason } = refusal(context, 'spec.externalTrafficPolicy');
    const matches: readonly Match[] = [comment(text), { kind: 'local', end: 'destination' }, dport];
    writer.add('filter', 'KUBE-EXTERNAL-SERVICES', matches, target, reason);
  }
  if (port.healthCheckNodePort !== 0) {
    const matches: readonly Match[] = [
      comment(`${port.name} health check node port`),
      { kind: 'port', protocol: 'TCP', port: port.healthCheckNodePort },
    ];
    writer.add(
      'filter',
      'KUBE-NODEPORTS',
      matches,
      { kind: 'accept' },
      about(port, 'spec.healthCheckNodePort'),
    );
  }
}

function writeClusterIPMasquerade({ port, names, config, hasInternal, writer }: Context): void {
  if (!hasInternal || (!config.masqueradeAll && config.localRange === undefined)) return;
  const chain = port.internalLocal ? names.local : names.cluster;
  const matches: Match[] = [...portMatches(port, `${port.name} cluster IP`, port.clusterIP)];
  if (!config.masqueradeAll && config.localRange !== undefined)
    matches.push({ kind: 'source', range: config.localRange, not: true });
  writer.add('nat', chain, matches, MARK_MASQ, about(port, 'spec.clusterIP'));
}

function writeExternalChain({ port, names, config, hasExternal, writer }: Context): void {
  const chain = names.external;
  const origin = about(port, 'spec.externalTrafficPolicy');
  const what = `for ${port.name} external destinations`;
  writer.chain(chain);
  if (!port.externalLocal)
    writer.add('nat', chain, [comment(`masquerade traffic ${what}`)], MARK_MASQ, origin);
  else {
    const toAll: Target = { kind: 'jump', chain: names.cluster };
    if (config.localRange !== undefined) {
      const matches: readonly Match[] = [
        comment(`pod traffic ${what}`),
        { kind: 'source', range: config.localRange },
      ];
      writer.add('nat', chain, matches, toAll, origin);
    }
    writer.add('nat', chain, [comment(`masquerade LOCAL traffic ${what}`), FROM_HERE], MARK_MASQ, origin);
    writer.add('nat', chain, [comment(`route LOCAL traffic ${what}`), FROM_HERE], toAll, origin);
  }
  if (hasExternal)
    writer.add(
      'nat',
      chain,
      [],
      { kind: 'jump', chain: port.externalLocal ? names.local : names.cluster },
      origin,
    );
}

function writeFirewallChain({ port, names, node, writer }: Context): void {
  const chain = names.firewall;
  const origin = about(port, 'spec.loadBalancerSourceRanges');
  const allow = (range: string) =>
    writer.add(
      'nat',
      chain,
      [comment(`${port.name} loadbalancer IP`), { kind: 'source', range }],
      { kind: 'jump', chain: names.external },
      origin,
    );
  writer.chain(chain);
  for (const range of port.sourceRanges) allow(range);
  if (port.sourceRanges.some((range) => inRange(node.ip, range)))
    for (const ip of port.loadBalancerIPs) allow(ip);
  const rest = comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`);
  writer.add('nat', chain, [rest], { kind: 'none' }, origin);
}
