import { type KubeObject, StatusError } from '../../api';
import { alignTabs } from '../../base';
import { bool, text } from '../flags';
import { authCanIManual, authManual, authWhoamiManual } from '../manual';
import { TABLE_TABS } from '../printers';
import { findResource } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { ExitError, fail, openSession, type Session, usageFailure } from '../session';
import { commandGroup } from './group';

const GROUP = { group: 'authorization.k8s.io', version: 'v1' };

const canI: Command<ParsedArgs> = {
  ...authCanIManual,
  options: (args) =>
    bool(args, 'list') || args.positional.length === 2
      ? args
      : fail(
          "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
        ),
  async run(args, env) {
    const session = openSession(args, env);
    if (bool(args, 'list')) throw fail('the server could not find the requested resource');
    const review = await reviewOf(session);
    const answer = await session.client.create(
      { ...GROUP, resource: 'selfsubjectaccessreviews' },
      '',
      review,
    );
    const { status } = (await session.heed(answer)) as unknown as {
      status?: { allowed?: boolean; reason?: string };
    };
    const allowed = status?.allowed ?? false;
    if (!bool(args, 'quiet')) {
      const reason = !allowed && status?.reason ? ` - ${status.reason}` : '';
      await session.out(`${allowed ? 'yes' : 'no'}${reason}\n`);
    }
    if (!allowed) throw new ExitError(1);
    return 0;
  },
};

async function reviewOf(session: Session): Promise<KubeObject> {
  const { args } = session;
  const [verb = '', target = ''] = args.positional;
  const kind = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: {} };
  if (target.startsWith('/'))
    return { ...kind, spec: { nonResourceAttributes: { verb, path: target } } } as KubeObject;
  const [word = '', name = ''] = target.split('/');
  const resource = findResource(await session.resources(), word);
  if (!resource && word !== '*') {
    await session.err(`Warning: the server doesn't have a resource type '${word}'\n\n`);
  } else if (resource && !resource.namespaced && session.namespaceGiven) {
    await session.err(`Warning: resource '${resource.resource}' is not namespace scoped\n\n`);
  }
  const subresource = text(args, 'subresource');
  const attributes = {
    namespace: bool(args, 'all-namespaces') ? '' : session.namespace,
    verb,
    group: resource?.group ?? '',
    resource: resource?.resource ?? word,
    ...(subresource === '' ? {} : { subresource }),
    ...(name === '' ? {} : { name }),
  };
  return { ...kind, spec: { resourceAttributes: attributes } } as KubeObject;
}

const whoAmI: Command<ParsedArgs> = {
  ...authWhoamiManual,
  options: (args) =>
    args.positional.length > 0
      ? usageFailure('auth whoami', `unknown command "${args.positional[0]}"`)
      : args,
  async run(args, env) {
    const session = openSession(args, env);
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'SelfSubjectReview',
      metadata: {},
    } as KubeObject;
    const ref = { group: 'authentication.k8s.io', version: 'v1', resource: 'selfsubjectreviews' };
    try {
      const object = await session.heed(await session.client.create(ref, '', body));
      const { status } = object as unknown as {
        status?: { userInfo?: { username?: string; groups?: readonly string[] } };
      };
      const info = status?.userInfo ?? {};
      const rows = [`ATTRIBUTE\tVALUE\n`, `Username\t${info.username ?? ''}\n`];
      if (info.groups) rows.push(`Groups\t[${info.groups.join(' ')}]\n`);
      await session.out(alignTabs(rows.join(''), TABLE_TABS));
      return 0;
    } catch (error) {
      if (error instanceof StatusError && error.code === 404) {
        throw fail(
          `the selfsubjectreviews API is not enabled in the cluster\nenable APISelfSubjectReview feature gate and authentication.k8s.io/v1alpha1 or authentication.k8s.io/v1beta1 API`,
        );
      }
      throw error;
    }
  },
};

/** `kubectl auth …`. */
export const auth = commandGroup(authManual, 'auth', [canI, whoAmI]);
