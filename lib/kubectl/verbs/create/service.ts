import type { KubeObject } from '../../../api';
import { int, list, text } from '../../flags';
import {
  createServiceClusteripManual,
  createServiceExternalnameManual,
  createServiceLoadbalancerManual,
  createServiceManual,
  createServiceNodeportManual,
  type Manual,
} from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { commandGroup } from '../group';
import { requireFlags } from '../require-flags';
import { createGenerated, oneName } from './generate';

const SERVICES = { group: '', version: 'v1', resource: 'services' };
const PORT_MAX = 65535;
/** An RFC 1123 subdomain. */
const EXTERNAL_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function generator(manual: Manual, type: string): Command<ParsedArgs> {
  return {
    ...manual,
    options: (args) => (type === 'ExternalName' ? requireFlags(args, ['external-name']) : undefined) ?? args,
    async run(args, env) {
      const name = oneName(args, `create service ${manual.name}`);
      const clusterIP = text(args, 'clusterip');
      const tcp = list(args, 'tcp');
      if (tcp.length === 0 && clusterIP !== 'None' && type !== 'ExternalName') {
        throw fail('at least one tcp port specifier must be provided');
      }
      const external = text(args, 'external-name');
      if (type === 'ExternalName' && !EXTERNAL_NAME.test(external))
        throw fail(`invalid service external name ${external}`);
      const session = openSession(args, env);
      const nodePort = int(args, 'node-port', 0);
      const ports = tcp.map((pair) => ({
        name: pair.replaceAll(':', '-'),
        protocol: 'TCP',
        ...parsePair(pair),
        ...(nodePort === 0 ? {} : { nodePort }),
      }));
      const spec = {
        ...(ports.length === 0 ? {} : { ports }),
        selector: { app: name },
        ...(clusterIP === '' ? {} : { clusterIP }),
        type,
        ...(type === 'ExternalName' ? { externalName: text(args, 'external-name') } : {}),
      };
      const object = {
        kind: 'Service',
        apiVersion: 'v1',
        metadata: { name, labels: { app: name } },
        spec,
        status: { loadBalancer: {} },
      } as KubeObject;
      return createGenerated(session, {
        ref: SERVICES,
        object,
        failure: `failed to create ${type} service: `,
      });
    },
  };
}

/** "80:8080", "80:http" or "80". */
function parsePair(pair: string): { readonly port: number; readonly targetPort: number | string } {
  const [first = '', second] = pair.split(':');
  const quoted = JSON.stringify(first);
  if (!/^\d+$/.test(first)) throw fail(`strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  if (Number(first) > PORT_MAX) throw fail(`strconv.ParseUint: parsing ${quoted}: value out of range`);
  const port = Number(first);
  if (second === undefined) return { port, targetPort: port };
  if (/^[-+]?\d+$/.test(second)) {
    const number = Number(second);
    if (number < 1 || number > PORT_MAX) throw fail('must be between 1 and 65535, inclusive');
    return { port, targetPort: number };
  }
  const wrong = portNameErrors(second);
  if (wrong.length > 0) throw fail(wrong.join(','));
  return { port, targetPort: second };
}

/** validation.IsValidPortName. */
function portNameErrors(name: string): readonly string[] {
  const errors: string[] = [];
  if (name.length > 15) errors.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(name)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(name)) errors.push('must contain at least one letter (a-z)');
  if (name.includes('--')) errors.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** `kubectl create service …`. */
export const createService = commandGroup(
  createServiceManual,
  'create service',
  [
    generator(createServiceClusteripManual, 'ClusterIP'),
    generator(createServiceExternalnameManual, 'ExternalName'),
    generator(createServiceLoadbalancerManual, 'LoadBalancer'),
    generator(createServiceNodeportManual, 'NodePort'),
  ],
  'stderr',
);
