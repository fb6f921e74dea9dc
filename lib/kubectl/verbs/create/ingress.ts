import type { KubeObject } from '../../../api';
import { list, text } from '../../flags';
import { createIngressManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { createGenerated, oneName } from './generate';

/** create_ingress.go's own patterns, for a rule and for a default backend. */
const RULE =
  /^(?<host>[\w*.-]*)\/(?<path>[^=]*)=(?<service>[\w.-]+):(?<port>[\w.-]+)(?<tls>,tls(?:=(?<secret>[\w.-]+))?)?$/;
const BACKEND = /^[\w.-]+:[\w.-]+$/;

const NOTHING =
  'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)';

/** `kubectl create ingress`. */
export const createIngress: Command<ParsedArgs> = {
  ...createIngressManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create ingress');
    const rules = list(args, 'rule');
    const backend = text(args, 'default-backend');
    if (backend === '' && rules.length === 0) throw fail(NOTHING);
    for (const rule of rules)
      if (!RULE.test(rule))
        throw fail(
          `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
        );
    if (backend !== '' && !BACKEND.test(backend))
      throw fail('default-backend should be in format servicename:serviceport');
    const annotations = annotationsOf(list(args, 'annotation'));
    const className = text(args, 'class');
    const object = {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      metadata: { name, ...(annotations ? { annotations } : {}) },
      spec: {
        ...(className === '' ? {} : { ingressClassName: className }),
        ...(backend === '' ? {} : { defaultBackend: backendOf(...split(backend)) }),
        ...tlsOf(rules),
        ...rulesOf(rules),
      },
      status: { loadBalancer: {} },
    } as unknown as KubeObject;
    const ref = { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' };
    return createGenerated(openSession(args, env), { ref, object, failure: 'failed to create ingress: ' });
  },
};

function annotationsOf(words: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (words.length === 0) return undefined;
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=');
      if (equals < 0) throw fail(`annotation ${word} is invalid and should be in format key=[value]`);
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}

const split = (backend: string): [service: string, port: string] => {
  const [service = '', port = ''] = backend.split(':');
  return [service, port];
};

const backendOf = (name: string, port: string) => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
});

const groupsOf = (rule: string): Readonly<Record<string, string | undefined>> =>
  RULE.exec(rule)?.groups ?? {};

/** One `tls` entry for each secret, with its hosts once each. */
function tlsOf(rules: readonly string[]): object {
  const hosts = new Map<string, string[]>();
  for (const rule of rules) {
    const { host = '', tls, secret = '' } = groupsOf(rule);
    if (tls === undefined) continue;
    const known = hosts.get(secret) ?? [];
    if (host !== '' && !known.includes(host)) known.push(host);
    hosts.set(secret, known);
  }
  if (hosts.size === 0) return {};
  return {
    tls: [...hosts].map(([secretName, names]) => ({
      ...(names.length > 0 ? { hosts: names } : {}),
      ...(secretName === '' ? {} : { secretName }),
    })),
  };
}

/** Rules by host, in the order in which hosts are first named. */
function rulesOf(rules: readonly string[]): object {
  const byHost = new Map<string, object[]>();
  for (const rule of rules) {
    const { host = '', path = '', service = '', port = '' } = groupsOf(rule);
    const prefix = path.endsWith('*');
    const paths = byHost.get(host) ?? [];
    paths.push({
      path: `/${prefix ? path.slice(0, -1) : path}`,
      pathType: prefix ? 'Prefix' : 'Exact',
      backend: backendOf(service, port),
    });
    byHost.set(host, paths);
  }
  if (byHost.size === 0) return {};
  return {
    rules: [...byHost].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } })),
  };
}
