import type { Container, KubeObject } from '../../../api';
import { goJsonString } from '../../../base';
import { bool, list, text } from '../../flags';
import { decodeBase64 } from '../../go-template';
import { setEnvManual } from '../../manual';
import { findTargets, type LoadedInfo, loadTargets, requireResource } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, throwAll } from '../../session';
import { envNameErrors } from '../env-name';
import { noTemplate, podSpecOf, sendChange, withPodSpec } from '../template-change';

type EnvVar = NonNullable<Container['env']>[number];

interface EnvChange {
  readonly set: readonly EnvVar[];
  readonly remove: ReadonlySet<string>;
}

/** `kubectl set env`. */
export const setEnv: Command<ParsedArgs> = {
  ...setEnvManual,
  options: (args) => args,
  async run(args, env) {
    const isPair = (word: string) => /^[^=/]+=/.test(word) || (word.endsWith('-') && word.length > 1);
    const resources = args.positional.filter((word) => !isPair(word));
    const words = [...args.positional.filter(isPair), ...list(args, 'env')];
    if (resources.length === 0 && list(args, 'filename').length === 0) {
      throw fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (bool(args, 'list') && text(args, 'output') !== '')
      throw fail('--list and --output may not be specified together');
    if (list(args, 'keys').length > 0 && text(args, 'from') === '') {
      throw fail('when specifying --keys, a configmap or secret must be provided with --from');
    }
    const session = openSession(args, env);
    const change = { ...parseWords(words), from: await sourceVars(session) };
    const targets = await findTargets(session, {
      words: resources,
      all: bool(args, 'all'),
      allowEmptySelector: bool(args, 'all'),
    });
    const loaded = await loadTargets(session, targets, { continueOnError: true, latest: true });
    throwAll(loaded.errors);
    for (const info of loaded.infos) {
      if (bool(args, 'list')) await listEnv(session, info);
      else await changeEnv(session, info, { set: [...change.from, ...change.set], remove: change.remove });
    }
    return 0;
  },
};

function parseWords(words: readonly string[]): EnvChange {
  const set: EnvVar[] = [];
  const remove = new Set<string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    const wrong = equals > 0 ? envNameErrors(word.slice(0, equals)) : [];
    if (wrong.length > 0)
      throw fail(`${goJsonString(word.slice(0, equals))} is not a valid key name: ${wrong.join(';')}`);
    if (equals > 0) set.push({ name: word.slice(0, equals), value: word.slice(equals + 1) });
    else remove.add(word.slice(0, -1));
  }
  return { set, remove };
}

/** `--from=configmap/x`: one variable a key. */
async function sourceVars(session: Session): Promise<readonly EnvVar[]> {
  const from = text(session.args, 'from');
  if (from === '') return [];
  const [type = '', name = ''] = from.split('/');
  if (name === '') throw fail('resource(s) were provided, but no name was specified');
  const resource = requireResource(await session.resources(), type);
  const object = await session.client.get(resource, session.namespace, name);
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret')
    throw fail('unsupported resource specified in --from');
  const { data } = object as unknown as { data?: Readonly<Record<string, string>> };
  const keys = list(session.args, 'keys');
  const prefix = text(session.args, 'prefix');
  const renamed: string[] = [];
  const variables = Object.keys(data ?? {})
    .sort()
    .filter((key) => keys.length === 0 || keys.includes(key))
    .map((key) => {
      const plain = key.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
      if (plain !== key) renamed.push(`key ${key} transferred to ${plain}`);
      const variable = `${prefix}${plain}`;
      const ref = { name, key };
      return {
        name: variable,
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
  const overwrite = bool(session.args, 'overwrite', true);
  if (!spec.containers.some(({ name }) => wildcard(pattern, name))) {
    await session.err(
      `Warning: ${info.object.kind}/${info.name} does not have any containers matching ${goJsonString(pattern)}\n`,
    );
    return;
  }
  const containers = spec.containers.map((container) => {
    if (!wildcard(pattern, container.name)) return container;
    const env = container.env ?? [];
    for (const { name, value } of change.set) {
      const before = env.find((each) => each.name === name);
      if (!overwrite && before) {
        throw fail(
          `'${name}' already has a value (${before.value ?? value ?? ''}), and --overwrite is false`,
        );
      }
    }
    const kept = env
      .filter((each) => !change.remove.has(each.name))
      .map((each) => change.set.find((other) => other.name === each.name) ?? each);
    const added = change.set.filter((each) => !env.some((other) => other.name === each.name));
    const next = [...kept, ...added];
    if (next.length === 0) {
      const { env: _dropped, ...rest } = container;
      return rest;
    }
    return { ...container, env: next };
  });
  await sendChange(session, info, withPodSpec(info.object, { ...spec, containers }), {
    operation: 'env updated',
    manager: 'kubectl-set',
    failure: 'failed to patch env update to pod template: ',
  });
}

async function listEnv(session: Session, info: LoadedInfo): Promise<void> {
  const pattern = text(session.args, 'containers', '*');
  const spec = podSpecOf(info.object);
  for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]) {
    if (!wildcard(pattern, container.name)) continue;
    await session.out(`# ${info.object.kind} ${info.name}, container ${container.name}\n`);
    for (const variable of container.env ?? [])
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
