import type { ClusterRole, Role } from '../../../api';
import { list, text } from '../../flags';
import { createClusterroleManual, createRoleManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';
import { createGenerated, oneName } from './generate';
import { checkResources, namedResources, rulesOf } from './role-resources';

const GROUP = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const API_VERSION = 'rbac.authorization.k8s.io/v1';
const RESOURCE_VERBS = new Set(
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(
    ' ',
  ),
);
const URL_VERBS = new Set(['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options']);

/** `kubectl create role`. */
export const createRole: Command<ParsedArgs> = {
  ...createRoleManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create role');
    const session = openSession(args, env);
    const verbs = verbsOf(args);
    const named = namedResources(list(args, 'resource'));
    if (verbs.length === 0) throw fail('at least one verb must be specified');
    await warnOfVerbs(session, verbs);
    if (named.length === 0) throw fail('at least one resource must be specified');
    const known = await session.resources(2);
    checkResources(known, named, verbs);
    const rules = rulesOf(known, named, verbs, unique(list(args, 'resource-name')));
    const object: Role = { kind: 'Role', apiVersion: API_VERSION, metadata: { name }, rules };
    return createGenerated(session, { ref: { ...GROUP, resource: 'roles' }, object, failure: '' });
  },
};

/** `kubectl create clusterrole`. */
export const createClusterRole: Command<ParsedArgs> = {
  ...createClusterroleManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create clusterrole');
    const session = openSession(args, env);
    const head = { kind: 'ClusterRole', apiVersion: API_VERSION, metadata: { name } } as const;
    const labels = labelsOf(text(args, 'aggregation-rule'));
    const object = labels
      ? { ...head, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] } }
      : { ...head, rules: await clusterRules(session) };
    if (
      labels &&
      ['verb', 'resource', 'resource-name', 'non-resource-url'].some((each) => list(args, each).length > 0)
    ) {
      throw fail(
        'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
      );
    }
    return createGenerated(session, {
      ref: { ...GROUP, resource: 'clusterroles' },
      object: object as ClusterRole,
      namespaced: false,
      failure: '',
    });
  },
};

async function clusterRules(session: Session) {
  const { args } = session;
  const verbs = verbsOf(args);
  const named = namedResources(list(args, 'resource'));
  const urls = unique(list(args, 'non-resource-url'));
  if (verbs.length === 0) throw fail('at least one verb must be specified');
  if (named.length === 0 && urls.length === 0)
    throw fail('one of resource or nonResourceURL must be specified');
  const known = named.length > 0 ? await session.resources(2) : [];
  if (named.length > 0) {
    await warnOfVerbs(session, verbs);
    checkResources(known, named, verbs);
  }
  if (urls.length > 0) checkUrls(urls, verbs);
  const rules = rulesOf(known, named, verbs, unique(list(args, 'resource-name')));
  return urls.length === 0 ? rules : [...rules, { verbs, nonResourceURLs: urls }];
}

function checkUrls(urls: readonly string[], verbs: readonly string[]): void {
  const wrong = verbs.find((each) => !URL_VERBS.has(each));
  if (wrong !== undefined) throw fail(`invalid verb: '${wrong}' for nonResourceURL`);
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw fail('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*')) {
      throw fail("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}

const unique = (each: readonly string[]): readonly string[] => [...new Set(each)];

/** `*` stands for every other verb given. */
function verbsOf(args: ParsedArgs): readonly string[] {
  const verbs = unique(list(args, 'verb'));
  return verbs.includes('*') ? ['*'] : verbs;
}

async function warnOfVerbs(session: Session, verbs: readonly string[]): Promise<void> {
  for (const verb of verbs) {
    if (!RESOURCE_VERBS.has(verb)) await session.err(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

/** `--aggregation-rule key=value,…`; undefined when there is none. */
function labelsOf(given: string): Readonly<Record<string, string>> | undefined {
  if (given === '') return undefined;
  const pairs = given.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      throw fail(
        `invalid argument ${JSON.stringify(given)} for "--aggregation-rule" flag: malformed pair, expect string=string\nSee 'kubectl create clusterrole --help' for usage.`,
      );
    }
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
  });
  return Object.fromEntries(pairs);
}
