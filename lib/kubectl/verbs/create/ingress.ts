import type { Ingress, KubeObject } from '../../../api';
import { list, text } from '../../flags';
import { createIngressManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { createGenerated, oneName } from './generate';

const INGRESSES = { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' };

/** host/path=service:port, and what may follow (ruleRegex; nothing says how it has to end). */
const RULE = /^([\w*\-.]+)?(\/.*)=([\w-]+):([\w-]+)(,tls=?([\w-]+)?)?/;
const TOO_LITTLE =
  'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)';

type Spec = NonNullable<Ingress['spec']>;
type Rule = NonNullable<Spec['rules']>[number];
type Path = NonNullable<Rule['http']>['paths'][number];
type Tls = NonNullable<Spec['tls']>[number];
type Backend = Path['backend'];

/** `kubectl create ingress`. */
export const createIngress: Command<ParsedArgs> = {
  ...createIngressManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create ingress');
    const rules = list(args, 'rule');
    const annotations = list(args, 'annotation');
    const otherwise = text(args, 'default-backend');
    check(rules, annotations, otherwise);
    const session = openSession(args, env);
    const pairs = annotations.map((each) => [
      each.slice(0, each.indexOf('=')),
      each.slice(each.indexOf('=') + 1),
    ]);
    const className = text(args, 'class');
    const tls = tlsOf(rules);
    const spec = {
      ...(className === '' ? {} : { ingressClassName: className }),
      ...(otherwise === '' ? {} : { defaultBackend: backendOf(otherwise) }),
      ...(tls.length === 0 ? {} : { tls }),
      ...(rules.length === 0 ? {} : { rules: rulesOf(rules) }),
    };
    const metadata = { name, ...(pairs.length === 0 ? {} : { annotations: Object.fromEntries(pairs) }) };
    const object = {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      metadata,
      spec,
      status: { loadBalancer: {} },
    } as KubeObject;
    return createGenerated(session, { ref: INGRESSES, object, failure: 'failed to create ingress: ' });
  },
};

function check(rules: readonly string[], annotations: readonly string[], otherwise: string): void {
  if (otherwise === '' && rules.length === 0) throw fail(TOO_LITTLE);
  for (const rule of rules) {
    if (!RULE.test(rule))
      throw fail(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  }
  for (const annotation of annotations) {
    if (!annotation.includes('='))
      throw fail(`annotation ${annotation} is invalid and should be in format key=[value]`);
  }
  if (otherwise !== '' && otherwise.split(':').length !== 2)
    throw fail('default-backend should be in format servicename:serviceport');
}

/** Paths of one host are one rule. */
function rulesOf(rules: readonly string[]): readonly Rule[] {
  const found = new Map<string, Path[]>();
  for (const rule of rules) {
    const plain = rule.split(',')[0] ?? '';
    const slash = plain.indexOf('/');
    const host = plain.slice(0, slash);
    const paths = found.get(host) ?? [];
    paths.push(pathOf(plain.slice(slash)));
    found.set(host, paths);
  }
  return [...found].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } }));
}

/** A path is exact, unless a star at its end makes it a prefix. */
function pathOf(typed: string): Path {
  const [path = '', service = ''] = typed.split('=');
  const prefix = path.endsWith('*');
  return {
    path: prefix ? path.slice(0, -1) : path,
    pathType: prefix ? 'Prefix' : 'Exact',
    backend: backendOf(service),
  };
}

function backendOf(typed: string): Backend {
  const [name = '', port = ''] = typed.split(':');
  const number = Number(port);
  return { service: { name, port: /^[-+]?\d+$/.test(port) ? { number } : { name: port } } };
}

/** Hosts of one secret are one entry; a host is listed once. */
function tlsOf(rules: readonly string[]): readonly Tls[] {
  const entries: { hosts?: string[]; secretName?: string }[] = [];
  const known = new Set<string>();
  for (const rule of rules) {
    const parts = rule.split(',');
    const host = rule.slice(0, rule.indexOf('/'));
    if (parts.length !== 2 || known.has(host)) continue;
    known.add(host);
    const secretName = (parts[1] ?? '').split('=')[1] ?? '';
    const same = entries.find((entry) => (entry.secretName ?? '') === secretName);
    if (same !== undefined) same.hosts = [...(same.hosts ?? []), host];
    else if (host !== '' || secretName !== '')
      entries.push({
        ...(host === '' ? {} : { hosts: [host] }),
        ...(secretName === '' ? {} : { secretName }),
      });
  }
  return entries;
}
