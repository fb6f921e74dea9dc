import { type ChainNames, endpointChain } from './chain-names';
import type { Categorized } from './endpoints';
import { about, comment, MARK_MASQ, type RuleWriter } from './rule-writer';
import type { Match, Rule } from './rules';
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
  if (usesCluster && found.cluster.length > 0) writer.append(names.cluster, balancing(port, found.cluster));
  if (usesLocal && found.local.length > 0) writer.append(names.local, balancing(port, found.local));
  for (const endpoint of found.reachable) {
    const { chain, rules } = partOf(port, endpoint);
    writer.append(chain, rules);
  }
}

/** What of the rules of one endpoint every node has alike. */
interface EndpointPart {
  readonly made: string;
  readonly chain: string;
  readonly rules: readonly Rule[];
}

/** Parts by endpoint: those of slices that have not changed are not made again. */
const parts = new WeakMap<ProxyEndpoint, EndpointPart>();

function partOf(port: ServicePortInfo, endpoint: ProxyEndpoint): EndpointPart {
  const made = madeFor(port);
  const known = parts.get(endpoint);
  if (known?.made === made) return known;
  const chain = endpointChain(port.name, port.protocol, endpoint.name);
  const named = comment(port.name);
  const remember: readonly Match[] =
    port.affinitySeconds === undefined ? [] : [{ kind: 'remember', list: chain }];
  const { origin } = endpoint;
  const rules: readonly Rule[] = [
    { matches: [named, { kind: 'source', range: endpoint.ip }], target: MARK_MASQ, origin },
    {
      matches: [named, ...remember, { kind: 'port', protocol: port.protocol }],
      target: { kind: 'dnat', ip: endpoint.ip, port: endpoint.port },
      origin,
    },
  ];
  const part = { made, chain, rules };
  parts.set(endpoint, part);
  return part;
}

const madeFor = ({ name, protocol, affinitySeconds }: ServicePortInfo): string =>
  `${name} ${protocol} ${affinitySeconds}`;

/** kube-proxy writes one over n with ten digits. */
function probability(remaining: number): string {
  return (1 / remaining).toFixed(10);
}

/** Rules that choose among the same endpoints, for nodes that choose alike. */
const choices = new WeakMap<
  readonly ProxyEndpoint[],
  { readonly made: string; readonly rules: readonly Rule[] }
>();

function balancing(port: ServicePortInfo, endpoints: readonly ProxyEndpoint[]): readonly Rule[] {
  const made = madeFor(port);
  const known = choices.get(endpoints);
  if (known?.made === made) return known.rules;
  const rules = balancingRules(port, endpoints);
  choices.set(endpoints, { made, rules });
  return rules;
}

function balancingRules(port: ServicePortInfo, endpoints: readonly ProxyEndpoint[]): readonly Rule[] {
  const jumps = endpoints.map((endpoint) => ({
    endpoint,
    chain: partOf(port, endpoint).chain,
    text: comment(`${port.name} -> ${endpoint.name}`),
  }));
  const { affinitySeconds: seconds } = port;
  const known = (seconds === undefined ? [] : jumps).map(
    ({ chain, text }): Rule => ({
      matches: [text, { kind: 'recently', list: chain, seconds: seconds ?? 0 }],
      target: { kind: 'jump', chain },
      origin: about(port, 'spec.sessionAffinity'),
    }),
  );
  const drawn = jumps.map(({ endpoint, chain, text }, index): Rule => {
    const remaining = jumps.length - index;
    const chance: readonly Match[] =
      remaining > 1 ? [{ kind: 'chance', probability: probability(remaining) }] : [];
    return { matches: [text, ...chance], target: { kind: 'jump', chain }, origin: endpoint.origin };
  });
  return [...known, ...drawn];
}
