import type { KubeObject } from '../../../api';
import { deepEqual } from '../../../base';
import { bool, list } from '../../flags';
import { setSubjectManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { type LoadedInfo, visitTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, writeOptions } from '../../session';

interface Subject {
  readonly kind: string;
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

const GROUP = 'rbac.authorization.k8s.io';

/** `kubectl set subject`: adds whom a binding is for. */
export const setSubject: Command<ParsedArgs> = {
  ...setSubjectManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const given = [list(args, 'user'), list(args, 'group'), list(args, 'serviceaccount')];
    const check = (kind: string) => {
      if (given.every((each) => each.length === 0))
        throw fail('you must specify at least one value of user, group or serviceaccount');
      for (const account of list(args, 'serviceaccount')) {
        const [namespace = '', name = '', ...more] = account.split(':');
        if (name === '' || more.length > 0) throw fail('serviceaccount must be <namespace>:<name>');
        if (namespace === '' && kind === 'ClusterRoleBinding')
          throw fail('serviceaccount must be <namespace>:<name>, namespace must be specified');
      }
    };
    await visitTargets(
      session,
      { words: args.positional, all: bool(args, 'all'), allowEmptySelector: bool(args, 'all'), latest: true },
      async (info) => {
        check(info.object.kind);
        await addTo(session, info, subjectsOf(session));
      },
    );
    return 0;
  },
};

function subjectsOf({ args, namespace: current }: Session): readonly Subject[] {
  const sorted = (flag: string) => [...new Set(list(args, flag))].sort();
  return [
    ...sorted('user').map((name) => ({ kind: 'User', apiGroup: GROUP, name })),
    ...sorted('group').map((name) => ({ kind: 'Group', apiGroup: GROUP, name })),
    ...sorted('serviceaccount').map((account) => {
      const [namespace = '', name = ''] = account.split(':');
      return { kind: 'ServiceAccount', name, namespace: namespace || current };
    }),
  ];
}

async function addTo(session: Session, info: LoadedInfo, more: readonly Subject[]): Promise<void> {
  const { object } = info;
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding')
    throw fail(
      `error: ${info.resource.resource}/${info.name} setting subjects is only supported for RoleBinding/ClusterRoleBinding\n`,
    );
  const before = (object as unknown as { subjects?: readonly Subject[] }).subjects ?? [];
  const added = more.filter((each) => !before.some((other) => deepEqual(other, each)));
  // Nothing to add, nothing to say.
  if (added.length === 0) return;
  const next = { ...object, subjects: [...before, ...added] } as unknown as KubeObject;
  const print = objectPrinter(session, { operation: 'subjects updated', typed: true });
  if (session.dryRun === 'client' || bool(session.args, 'local')) {
    await session.out(print(next));
    return;
  }
  const answer = await session.client.patch(
    info.resource,
    info.namespace,
    info.name,
    'merge',
    { subjects: [...before, ...added] },
    writeOptions(session, 'kubectl-set'),
  );
  await session.out(print(await session.heed(answer)));
}
