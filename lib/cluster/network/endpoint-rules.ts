import { type ChainNames, endpointChain } from './chain-names';
import type { Categorized } from './endpoints';
import { about, comment, MARK_MASQ, type RuleWriter } from './rule-writer';
import type { Match } from './rules';
import { isExternallyAccessible, type ProxyEndpoint, type ServicePortInfo } from './service-ports';

/** Writes the chains that choose an endpoint, and a chain for each endpoint. */
export function writeEndpointChains(
  writer: RuleWriter,
  port: ServicePortInfo,
  names: ChainNames,
  found: Categorized,
): void {
  const usesCluster = !port.internalLocal || isExternallyAccessible(port);
  const usesLocal = port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
  if (usesCluster && found.cluster.length > 0) writeBalancing(writer, port, names.cluster, found.cluster);
  if (usesLocal && found.local.length > 0) writeBalancing(writer, port, names.local, found.local);
  for (const endpoint of found.reachable) {
    const chain = endpointChain(port.name, port.protocol, endpoint.name);
    const named = comment(port.name);
    const remember: readonly Match[] =
      port.affinitySeconds === undefined ? [] : [{ kind: 'remember', list: chain }];
    writer.chain(chain);
    writer.add('nat', chain, [named, { kind: 'source', range: endpoint.ip }], MARK_MASQ, endpoint.origin);
    writer.add(
      'nat',
      chain,
      [named, ...remember, { kind: 'port', protocol: port.protocol }],
      { kind: 'dnat', ip: endpoint.ip, port: endpoint.port },
      endpoint.origin,
    );
  }
}

/** kube-proxy writes one over n with ten digits. */
function probability(remaining: number): string {
  return (1 / remaining).toFixed(10);
}

function writeBalancing(
  writer: RuleWriter,
  port: ServicePortInfo,
  chain: string,
  endpoints: readonly ProxyEndpoint[],
): void {
  const jumps = endpoints.map((endpoint) => ({
    endpoint,
    chain: endpointChain(port.name, port.protocol, endpoint.name),
    text: comment(`${port.name} -> ${endpoint.name}`),
  }));
  writer.chain(chain);
  if (port.affinitySeconds !== undefined) {
    for (const jump of jumps) {
      const match: Match = { kind: 'recently', list: jump.chain, seconds: port.affinitySeconds };
      writer.add(
        'nat',
        chain,
        [jump.text, match],
        { kind: 'jump', chain: jump.chain },
        about(port, 'spec.sessionAffinity'),
      );
    }
  }
  for (const [index, jump] of jumps.entries()) {
    const remaining = jumps.length - index;
    const chance: readonly Match[] =
      remaining > 1 ? [{ kind: 'chance', probability: probability(remaining) }] : [];
    writer.add(
      'nat',
      chain,
      [jump.text, ...chance],
      { kind: 'jump', chain: jump.chain },
      jump.endpoint.origin,
    );
  }
}
