import {
  type ClusterRole,
  type KubeObject,
  type PolicyRule,
  type RoleBinding,
  StatusError,
} from '../../../api';
import { bool, list, text } from '../../flags';
import { authReconcileManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { findTargets, type Info } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { asFailure, fail, openSession, type Session, throwAll } from '../../session';
import { type Change, reconcileBinding, reconcileRole, type Subject } from './reconciled';

const GROUP = 'rbac.authorization.k8s.io';

/** `kubectl auth reconcile`. */
export const reconcile: Command<ParsedArgs> = {
  ...authReconcileManual,
  options(args) {
    if (list(args, 'filename').length === 0 && text(args, 'kustomize') === '') {
      return fail('must specify one of -f and -k');
    }
    return args.positional.length > 0 ? fail('no arguments are allowed') : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    if (session.dryRun === 'server')
      throw fail('--dry-run=server for command reconcile is not supported yet');
    const targets = await findTargets(session, { words: [], labelSelector: '' });
    const errors: Error[] = [...targets.errors];
    for (const info of targets.infos) {
      if (info.resource.group !== GROUP || !info.object) continue;
      try {
        await reconcileOne(session, info, info.object);
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    throwAll(errors);
    return 0;
  },
};

async function reconcileOne(session: Session, info: Info, wanted: KubeObject): Promise<void> {
  const held = await heldObject(session, info);
  const change = info.resource.kind.endsWith('Binding')
    ? reconcileBinding(
        held as RoleBinding | undefined,
        wanted as RoleBinding,
        bool(session.args, 'remove-extra-subjects'),
      )
    : reconcileRole(
        held as ClusterRole | undefined,
        wanted as ClusterRole,
        bool(session.args, 'remove-extra-permissions'),
      );
  const stands =
    change.isProtected || session.dryRun !== 'none' ? change.object : await send(session, info, change);
  await session.out(objectPrinter(session, { operation: 'reconciled' })(stands));
  await tell(session, change);
}

async function heldObject(session: Session, info: Info): Promise<KubeObject | undefined> {
  try {
    return await session.client.get(info.resource, info.namespace, info.name);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
    throw error;
  }
}

async function send(session: Session, info: Info, change: Change): Promise<KubeObject> {
  const { client } = session;
  const { resource, namespace, name } = info;
  if (change.operation === 'none') return change.object;
  if (change.operation === 'update') {
    return session.heed(await client.update(resource, namespace, change.object, { fieldManager: 'kubectl' }));
  }
  if (change.operation === 'recreate') await client.delete(resource, namespace, name, {});
  else if (resource.namespaced) await ensureNamespace(session, namespace);
  return session.heed(await client.create(resource, namespace, change.object, { fieldManager: 'kubectl' }));
}

async function ensureNamespace(session: Session, name: string): Promise<void> {
  const namespaces = { group: '', version: 'v1', resource: 'namespaces' };
  const object: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  try {
    await session.client.get(namespaces, '', name);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason !== 'NotFound' && error.reason !== 'Forbidden') throw error;
    if (error.reason === 'NotFound')
      await session.client.create(namespaces, '', object, { fieldManager: 'kubectl' });
  }
}

/** What was done, on stderr (ReconcileOptions.printResults). */
async function tell(session: Session, change: Change): Promise<void> {
  if (change.operation === 'none') return;
  const optedOut = ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)';
  const lines = [`\treconciliation required ${change.operation}${change.isProtected ? optedOut : ''}\n`];
  const part = (title: string, each: readonly string[]) => {
    if (each.length > 0) lines.push(`\t${title}:\n`, ...each.map((one) => `\t\t${one}\n`));
  };
  part('missing subjects added', change.missingSubjects.map(subjectText));
  if (bool(session.args, 'remove-extra-subjects')) {
    part('extra subjects removed', change.extraSubjects.map(subjectText));
  }
  part('missing rules added', change.missingRules.map(ruleText));
  if (bool(session.args, 'remove-extra-permissions'))
    part('extra rules removed', change.extraRules.map(ruleText));
  await session.err(lines.join(''));
}

/** Go's %+v of either. */
const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: Subject): string =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;

function ruleText(rule: PolicyRule): string {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const words = (each: readonly string[]) => `[${each.join(' ')}]`;
  return `{Verbs:${words(verbs)} APIGroups:${words(apiGroups)} Resources:${words(resources)} ResourceNames:${words(resourceNames)} NonResourceURLs:${words(nonResourceURLs)}}`;
}
