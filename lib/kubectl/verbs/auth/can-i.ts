import type { SelfSubjectAccessReview } from '../../../api';
import { bool, text } from '../../flags';
import { authCanIManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { ExitError, fail, openSession, type Session } from '../../session';
import { listAccess } from './list-access';
import { readTarget, type Target } from './target';

const RESOURCE_VERBS = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
);
const URL_VERBS = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']);

/** `kubectl auth can-i`. */
export const canI: Command<ParsedArgs> = {
  ...authCanIManual,
  options(args) {
    const count = args.positional.length;
    if (!bool(args, 'list')) {
      if (count === 2) return args;
      return fail(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    }
    if (count > 0) return fail('list option must be specified with no arguments');
    if (bool(args, 'quiet') || bool(args, 'all-namespaces') || text(args, 'subresource') !== '') {
      return fail(
        "list option can't be specified with neither quiet, all-namespaces nor subresource options",
      );
    }
    return args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    if (bool(args, 'list')) return listAccess(session);
    const [verb = '', word = ''] = args.positional;
    const target = await readTarget(session, word);
    await warn(session, verb, target);
    if (bool(args, 'no-headers')) throw fail('--no-headers cannot be set without --list specified');
    const answer = await session.client.create(
      { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' },
      '',
      reviewOf(session, verb, target),
    );
    const { status } = (await session.heed(answer)) as SelfSubjectAccessReview;
    const { allowed = false, reason = '', evaluationError = '' } = status ?? {};
    if (!bool(args, 'quiet')) {
      const why = allowed ? [] : [reason, evaluationError].filter((each) => each !== '');
      await session.out(`${[allowed ? 'yes' : 'no', ...why].join(' - ')}\n`);
    }
    if (!allowed) throw new ExitError(1);
    return 0;
  },
};

/** What looks like a slip of the pen, said before the question is asked (CanIOptions.Validate). */
async function warn(session: Session, verb: string, target: Target): Promise<void> {
  const said: string[] = [];
  if (target.path !== undefined) {
    if (text(session.args, 'subresource') !== '') {
      throw fail('--subresource can not be used with NonResourceURL');
    }
    if (!URL_VERBS.has(verb)) said.push(`verb '${verb}' is not a known verb`);
  } else if (!bool(session.args, 'all-namespaces')) {
    const { resource, group, namespaced } = target;
    if (!namespaced) {
      said.push(
        `resource '${resource}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}`,
      );
    }
    if (!RESOURCE_VERBS.has(verb)) said.push(`verb '${verb}' is not a known verb`);
  }
  for (const each of said) await session.err(`Warning: ${each}\n\n`);
}

function reviewOf(session: Session, verb: string, target: Target): SelfSubjectAccessReview {
  const kind = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
  } as const;
  if (target.path !== undefined)
    return { ...kind, spec: { nonResourceAttributes: { verb, path: target.path } } };
  const { resource, group, name } = target;
  const subresource = text(session.args, 'subresource');
  const namespace = bool(session.args, 'all-namespaces') ? '' : session.namespace;
  const attributes = {
    ...(namespace === '' ? {} : { namespace }),
    verb,
    ...(group === '' ? {} : { group }),
    resource,
    ...(subresource === '' ? {} : { subresource }),
    ...(name === '' ? {} : { name }),
  };
  return { ...kind, spec: { resourceAttributes: attributes } };
}
