import type { Container, KubeObject } from '../../../api';
import { goJsonString } from '../../../base';
import { bool, list, text } from '../../flags';
import { decodeBase64 } from '../../go-template';
import { setEnvManual } from '../../manual';
import { findTargets, type LoadedInfo, loadTargets, requireResource } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, throwAll } from '../../session';
import { noTemplate, podSpecOf, sendChange, withPodSpec } from '../template-change';
import { type EnvChange, type EnvVar, parseWords, splitWords } from './env-words';

/** `kubectl set env`. */
export const setEnv: Command<ParsedArgs> = {
  ...setEnvManual,
  options: (args) => args,
  async run(args, env) {
    const { resources, pairs } = splitWords(args.positional);
    const words = [...list(args, 'env'), ...pairs];
    if (resources.length === 0 && list(args, 'filename').length === 0) {
      throw fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (bool(args, 'list') && text(args, 'output') !== '')
      throw fail('--list and --output may not be specified together');
    if (list(args, 'keys').length > 0 && text(args, 'from') === '') {
      throw fail('when specifying --keys, a configmap or secret must be provided with --from');
    }
    const session = openSession(args, env);
    const parsed = parseWords(words);
    const prefix = text(args, 'prefix');
    const set = [...parsed.set, ...(await sourceVars(session))].map((each) => ({
      ...each,
      name: `${prefix}${each.name}`,
    }));
    const change = { set, remove: parsed.remove };
    const targets = await findTargets(session, {
      words: resources,
      all: bool(args, 'all'),
      allowEmptySelector: bool(args, 'all'),
    });
    const loaded = await loadTargets(session, targets, { continueOnError: true, latest: true });
    throwAll(loaded.errors);
    for (const info of loaded.infos) {
      if (bool(args, 'list')) await listEnv(session, info, change);
      else await changeEnv(session, info, change);
    }
    return 0;
  },
};

/** `--from=configmap/x`: one variable a key. */
async function sourceVars(session: Session): Promise<readonly EnvVar[]> {
  const from = text(session.args, 'from');
  if (from === '') return [];
  const [type = '', name = ''] = from.split('/');
  const resource = requireResource(await session.resources(), type);
  if (name === '') throw fail('resource(s) were provided, but no name was specified');
  const object = await session.client.get(resource, session.namespace, name);
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret')
    throw fail('unsupported resource specified in --from');
  const { data } = object as unknown as { data?: Readonly<Record<string, string>> };
  const keys = list(session.args, 'keys');
  const renamed: string[] = [];
  const variables = Object.keys(data ?? {})
    .sort()
    .filter((key) => keys.length === 0 || keys.includes(key))
    .map((key) => {
      const plain = key.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
      if (plain !== key) renamed.push(`key ${key} transferred to ${plain}`);
      const ref = { name, key };
      return {
        name: plain,
        valueFrom: object.kind === 'Secret' ? { secretKeyRef: ref } : { configMapKeyRef: ref },
      };
    });
  for (const words of renamed) await session.err(`Warning: ${words}\n`);
  return variables;
}

const wildcard = (pattern: string, name: string) => {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(name);
};

async function changeEnv(session: Session, info: LoadedInfo, change: EnvChange): Promise<void> {
  const spec = podSpecOf(info.object);
  if (!spec) throw fail(noTemplate(session, info));
  const pattern = text(session.args, 'containers', '*');
  const { containers, initContainers } = spec;
  if (![...containers, ...(initContainers ?? [])].some(({ name }) => wildcard(pattern, name))) {
    await session.err(
      `Warning: ${info.object.kind}/${info.name} does not have any containers matching ${goJsonString(pattern)}\n`,
    );
    return;
  }
  const changeAll = (each: Container) =>
    wildcard(pattern, each.name) ? withEnv(each, changedEnv(session, info, each, change)) : each;
  const next = {
    ...spec,
    ...(initContainers ? { initContainers: initContainers.map(changeAll) } : {}),
    containers: containers.map(changeAll),
  };
  await sendChange(session, info, withPodSpec(info.object, next), {
    operation: 'env updated',
    manager: 'kubectl-set',
    failure: 'failed to patch env update to pod template: ',
  });
}

/** What a container's variables become; refuses to overwrite where it is told not to. */
function changedEnv(
  { args }: Session,
  { resource, name }: LoadedInfo,
  { env = [] }: Container,
  { set, remove }: EnvChange,
): readonly EnvVar[] {
  const taken = bool(args, 'overwrite', true)
    ? undefined
    : set.find((each) => env.some((other) => other.name === each.name));
  if (taken) {
    const value = env.find((each) => each.name === taken.name)?.value ?? taken.value ?? '';
    const why = `'${taken.name}' already has a value (${value}), and --overwrite is false`;
    throw fail(`error: ${resource.resource}/${name} ${why}\n`);
  }
  const kept = env
    .filter((each) => !remove.has(each.name))
    .map((each) => set.find((other) => other.name === each.name) ?? each);
  const added = set.filter(
    (each, index) =>
      !remove.has(each.name) &&
      !env.some((other) => other.name === each.name) &&
      set.findIndex((other) => other.name === each.name) === index,
  );
  return [...kept, ...added];
}

function withEnv(container: Container, env: readonly EnvVar[]): Container {
  const { env: _dropped, ...rest } = container;
  return env.length === 0 ? rest : { ...container, env };
}

/** Lists what there would be: nothing is written. */
async function listEnv(session: Session, info: LoadedInfo, change: EnvChange): Promise<void> {
  const pattern = text(session.args, 'containers', '*');
  const spec = podSpecOf(info.object);
  for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]) {
    if (!wildcard(pattern, container.name)) continue;
    await session.out(`# ${info.object.kind} ${info.name}, container ${container.name}\n`);
    for (const variable of changedEnv(session, info, container, change))
      await session.out(`${await envLine(session, info.object, variable)}\n`);
  }
}

async function envLine(
  session: Session,
  object: KubeObject,
  { name, value, valueFrom }: EnvVar,
): Promise<string> {
  if (!valueFrom) return `${name}=${value ?? ''}`;
  const { secretKeyRef, configMapKeyRef, fieldRef } = valueFrom;
  if (bool(session.args, 'resolve') && (secretKeyRef || configMapKeyRef)) {
    const ref = secretKeyRef ?? configMapKeyRef;
    const resource = { group: '', version: 'v1', resource: secretKeyRef ? 'secrets' : 'configmaps' };
    const found = await session.client.get(resource, object.metadata.namespace ?? '', ref?.name ?? '');
    const { data } = found as unknown as { data?: Readonly<Record<string, string>> };
    const raw = data?.[ref?.key ?? ''] ?? '';
    return `${name}=${secretKeyRef ? decodeBase64(raw) : raw}`;
  }
  if (secretKeyRef) return `# ${name} from secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`;
  if (configMapKeyRef)
    return `# ${name} from configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`;
  return fieldRef ? `# ${name} from field path ${fieldRef.fieldPath}` : `# ${name} from resource`;
}
