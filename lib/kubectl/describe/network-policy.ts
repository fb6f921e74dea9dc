import type { NetworkPolicy } from '../../api';
import { civilTime, parseTime } from '../../base';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';
import { selectorText } from './workloads';

type Spec = NonNullable<NetworkPolicy['spec']>;
type IngressRule = NonNullable<Spec['ingress']>[number];
type Peer = NonNullable<IngressRule['from']>[number];
type Ports = IngressRule['ports'];

const INDENT = '    ';

/** `describe networkpolicy`. */
export async function describeNetworkPolicy({ object }: Scene): Promise<string> {
  const { metadata, spec } = object as NetworkPolicy;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'Created on', goTime(metadata.creationTimestamp));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, 'Spec:\n');
  const selector = selectorText(spec?.podSelector);
  const everything =
    selector === '<none>' ? ' (Allowing the specific traffic to all pods in this namespace)' : '';
  page.write(1, `PodSelector:     ${selector}${everything}\n`);
  const types = spec?.policyTypes ?? [];
  if (types.includes('Ingress')) {
    page.write(1, 'Allowing ingress traffic:\n');
    writeRules(
      page,
      'ingress',
      'From',
      (spec?.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from })),
    );
  } else page.write(1, 'Not affecting ingress traffic\n');
  if (types.includes('Egress')) {
    page.write(1, 'Allowing egress traffic:\n');
    writeRules(
      page,
      'egress',
      'To',
      (spec?.egress ?? []).map(({ ports, to }) => ({ ports, peers: to })),
    );
  } else page.write(1, 'Not affecting egress traffic\n');
  page.write(1, `Policy Types: ${types.length === 0 ? '<none>' : types.join(', ')}\n`);
  return page.text();
}

interface Rule {
  readonly ports: Ports;
  readonly peers: readonly Peer[] | undefined;
}

function writeRules(page: Page, direction: string, word: string, rules: readonly Rule[]): void {
  const line = (text: string): void => page.write(0, `${INDENT}${text}\n`);
  if (rules.length === 0) line(`<none> (Selected pods are isolated for ${direction} connectivity)`);
  const end = word === 'From' ? 'source' : 'destination';
  rules.forEach(({ ports = [], peers = [] }, index) => {
    if (ports.length === 0) line('To Port: <any> (traffic allowed to all ports)');
    for (const { port, endPort, protocol = 'TCP' } of ports) {
      const from = port ?? '<nil>';
      line(
        endPort === undefined
          ? `To Port: ${from}/${protocol}`
          : `To Port Range: ${from}-${endPort}/${protocol}`,
      );
    }
    if (peers.length === 0) line(`${word}: <any> (traffic not restricted by ${end})`);
    for (const peer of peers) {
      line(`${word}:`);
      writePeer(page, peer);
    }
    if (index < rules.length - 1) line('----------');
  });
}

function writePeer(page: Page, { podSelector, namespaceSelector, ipBlock }: Peer): void {
  const selector = (name: string, value: Spec['podSelector']): void =>
    page.write(1, `${INDENT}${name}: ${selectorText(value)}\n`);
  if (namespaceSelector) selector('NamespaceSelector', namespaceSelector);
  if (podSelector) selector('PodSelector', podSelector);
  if (podSelector || namespaceSelector || !ipBlock) return;
  page.write(1, `${INDENT}IPBlock:\n`);
  page.write(2, `${INDENT}CIDR: ${ipBlock.cidr}\n`);
  page.write(2, `${INDENT}Except: ${(ipBlock.except ?? []).join(', ')}\n`);
}

/** A time as Go's fmt prints it. */
function goTime(text: string | null | undefined): string {
  const ms = text ? parseTime(text) : undefined;
  if (ms === undefined) return '0001-01-01 00:00:00 +0000 UTC';
  const { year, month, day, hour, minute, second } = civilTime(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)} +0000 UTC`;
}
