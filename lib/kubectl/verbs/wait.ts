import type { Stored } from '../../api';
import { isRecord } from '../../base';
import { bool, duration, text } from '../flags';
import { findPath, goValueText, PathSyntaxError, parsePath, relaxPath } from '../jsonpath';
import { waitManual } from '../manual';
import { objectPrinter } from '../printers';
import { fetchInfo, findTargets, type Info, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { asFailure, fail, isNotFound, openSession, type Session, throwAll } from '../session';
import { awaitObject, findObject, INTERRUPTED, withDeadline } from '../waiting';

const DEFAULT_TIMEOUT_MS = 30_000;
const WEEK_MS = 7 * 24 * 3_600_000;

type Condition =
  | { readonly kind: 'delete' | 'create' }
  | { readonly kind: 'met'; holds(object: Stored): boolean };

/** `kubectl wait`. */
export const wait: Command<ParsedArgs> = {
  ...waitManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const condition = parseCondition(text(args, 'for'));
    const asked = duration(args, 'timeout', DEFAULT_TIMEOUT_MS);
    const limit = asked < 0 ? WEEK_MS : asked;
    const start = env.timer.now();
    const left = () => Math.max(0, limit - (env.timer.now() - start));
    const targets = await findTargets(session, {
      words: args.positional,
      all: bool(args, 'all'),
      allNamespaces: bool(args, 'all-namespaces'),
    });
    let infos: readonly Info[] = targets.infos;
    const errors = [...targets.errors];
    if (targets.kind === 'lists') {
      const loaded = await loadTargets(session, targets, { continueOnError: true });
      infos = loaded.infos;
      errors.push(...loaded.errors);
    }
    if (infos.length === 0 && errors.length === 0 && condition.kind === 'met') {
      throw fail('no matching resources found');
    }
    for (const info of infos) {
      try {
        // All share one deadline: behind it nothing is looked at any more.
        if (asked !== 0 && left() === 0 && condition.kind === 'met') throw late(info);
        const status = await waitOne(session, info, condition, left());
        if (status !== 0) return status;
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    throwAll(errors);
    return 0;
  },
};

function parseCondition(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'delete' || lower === 'create') return { kind: lower };
  if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length));
  throw fail(`unrecognized condition: "${text}"`);
}

function statusCondition(text: string): Condition {
  const equals = text.indexOf('=');
  const type = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  const wanted = (equals < 0 ? 'true' : text.slice(equals + 1)).toLowerCase();
  return {
    kind: 'met',
    holds(object) {
      const { status, metadata } = object as unknown as {
        status?: { conditions?: readonly unknown[]; observedGeneration?: number };
        metadata: { generation?: number };
      };
      const found = (status?.conditions ?? [])
        .filter(isRecord)
        .find((each) => String(each.type).toLowerCase() === type);
      const observed = found?.observedGeneration ?? status?.observedGeneration;
      if (typeof observed === 'number' && observed < (metadata.generation ?? 0)) return false;
      return found !== undefined && String(found.status).toLowerCase() === wanted;
    },
  };
}

function pathCondition(text: string): Condition {
  const [path = '', value, ...more] = atSingleEquals(text);
  if (more.length > 0)
    throw fail(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  const nodes = readPath(path);
  const wanted = value?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '')
    throw fail(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  return {
    kind: 'met',
    holds(object) {
      const values = findPath(nodes, object, { allowMissingKeys: true }).flat();
      if (values.length === 0) return false;
      if (values.length > 1) throw fail(`given jsonpath expression matches more than one value`);
      if (wanted === undefined) return true;
      const [value] = values;
      if (typeof value === 'object' && value !== null) {
        throw fail(`jsonpath leads to a nested object or list which is not supported`);
      }
      return goValueText(value).trim() === wanted.trim();
    },
  };
}

/** Parts between single equals signs, as a "==" belongs to a filter. */
function atSingleEquals(text: string): readonly string[] {
  const parts: string[] = [''];
  for (const piece of text.match(/==|=|[^=]+/g) ?? []) {
    if (piece === '=') parts.push('');
    else parts.push(`${parts.pop() ?? ''}${piece}`);
  }
  return parts;
}

function readPath(path: string): ReturnType<typeof parsePath> {
  try {
    const relaxed = relaxPath(path);
    if (relaxed === '') throw fail('jsonpath expression cannot be empty');
    return parsePath(relaxed);
  } catch (error) {
    if (error instanceof PathSyntaxError) throw fail(error.message);
    throw error;
  }
}

async function waitOne(session: Session, info: Info, condition: Condition, ms: number): Promise<number> {
  const first = await findObject(session, info);
  if (condition.kind === 'met' && !first) await fetchInfo(session, info);
  const uid = first?.metadata.uid;
  let last = first;
  const settled = (object: Stored | undefined): boolean => {
    last = object ?? last;
    if (condition.kind === 'delete') return object === undefined || object.metadata.uid !== uid;
    if (condition.kind === 'create') return object !== undefined;
    return object !== undefined && condition.kind === 'met' && condition.holds(object);
  };
  if (condition.kind === 'delete' && !first) return 0;
  if (!settled(first) && duration(session.args, 'timeout', DEFAULT_TIMEOUT_MS) === 0)
    throw fail(`condition not met for ${info.resource.resource}/${info.name}`);
  const ending = settled(first) ? 'done' : await waitLonger(session, info, ms, settled);
  if (ending === 'interrupted') return INTERRUPTED;
  if (ending === 'timeout') {
    if (condition.kind === 'create') throw fail('timed out waiting for the condition');
    throw late(info);
  }
  await session.out(objectPrinter(session, { operation: 'condition met' })(last));
  return 0;
}

const late = (info: Info) =>
  fail(`timed out waiting for the condition on ${info.resource.resource}/${info.name}`);

async function waitLonger(
  session: Session,
  info: Info,
  ms: number,
  settled: (object: Stored | undefined) => boolean,
) {
  try {
    return await withDeadline(session, ms, (cancel) => awaitObject(session, info, cancel, settled));
  } catch (error) {
    if (isNotFound(error)) return 'timeout';
    throw error;
  }
}
