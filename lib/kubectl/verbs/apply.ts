import { type KubeObject, type PatchType, StatusError } from '../../api';
import { goJson, isRecord } from '../../base';
import { bool, list, text } from '../flags';
import { applyManual } from '../manual';
import { schemaOf, threeWayPatch } from '../patch';
import { objectPrinter } from '../printers';
import { describeInfo, fetchInfo, findTargets, type Info } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import {
  asFailure,
  fail,
  isNotFound,
  openSession,
  type Session,
  throwAll,
  usageFailure,
  withChangeCause,
  withSource,
  writeOptions,
} from '../session';
import { setLastApplied } from './apply-set-last-applied';
import { viewLastApplied } from './apply-view-last-applied';
import { editLastApplied } from './edit';
import { LAST_APPLIED, lastApplied, withLastApplied } from './last-applied';
import { unversioned } from './unversioned';
import { fieldValidation } from './validation';

const CLIENT_MANAGER = 'kubectl-client-side-apply';
const PATCH_RETRIES = 5;

/** `kubectl apply`. */
export const apply: Command<ParsedArgs> = {
  ...applyManual,
  subcommands: [editLastApplied, setLastApplied, viewLastApplied],
  options(args) {
    if (args.positional.length > 0) {
      return usageFailure('apply', `Unexpected args: [${args.positional.join(' ')}]`);
    }
    if (list(args, 'filename').length === 0 && text(args, 'kustomize') === '') {
      return fail('must specify one of -f and -k');
    }
    const serverSide = bool(args, 'server-side');
    if (bool(args, 'force-conflicts') && !serverSide) {
      return fail('--force-conflicts only works with --server-side');
    }
    if (list(args, 'filename').length > 0 && text(args, 'kustomize') !== '')
      return fail('only one of -f or -k can be specified');
    if (serverSide && text(args, 'dry-run') === 'client') {
      return fail(
        "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
      );
    }
    if (serverSide && bool(args, 'force')) return fail('--force cannot be used with --server-side');
    if (bool(args, 'all') && text(args, 'selector') !== '') {
      return fail('cannot set --all and --selector at the same time');
    }
    if (bool(args, 'prune') && !bool(args, 'all') && text(args, 'selector') === '') {
      return fail(
        'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
      );
    }
    return args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const validation = fieldValidation(args);
    const targets = await findTargets(session, {
      words: [],
      validate: validation !== 'Ignore',
      labelSelector: '',
    });
    const errors: Error[] = [...targets.errors];
    const wanted = targets.infos.filter((info) => selected(info, text(args, 'selector')));
    if (wanted.length === 0 && errors.length === 0) throw fail('no objects passed to apply');
    const applied: unknown[] = [];
    for (const info of wanted) {
      try {
        applied.push(await applyOne(session, info));
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    throwAll(errors);
    if (printsObjects(session) && applied.length > 0) {
      const print = objectPrinter(session);
      const whole =
        applied.length === 1 ? applied[0] : { apiVersion: 'v1', items: applied, kind: 'List', metadata: {} };
      await session.out(print(whole));
    }
    return 0;
  },
};

/** Plain equality selectors on files' objects. */
function selected(info: Info, selector: string): boolean {
  if (selector.trim() === '') return true;
  const labels = info.object?.metadata.labels ?? {};
  return selector.split(',').every((clause) => {
    const [key = '', value = ''] = clause.split(/==?/);
    return labels[key.trim()] === value.trim();
  });
}

const printsObjects = (session: Session): boolean => {
  const output = text(session.args, 'output');
  return output !== '' && output !== 'name';
};

async function report(session: Session, operation: string, object: unknown): Promise<unknown> {
  if (!printsObjects(session)) await session.out(objectPrinter(session, { operation })(object));
  return object;
}

async function applyOne(session: Session, info: Info): Promise<unknown> {
  const object = info.object && withChangeCause(info.object, session.changeCause);
  if (!object) throw fail('no objects passed to apply');
  if (info.name === '' && object.metadata?.generateName) {
    throw fail(`from ${object.metadata.generateName}: cannot use generate name with apply`);
  }
  if (bool(session.args, 'server-side')) return applyServerSide(session, info, object);
  const current = await currentObject(session, info);
  if (!current) return createNew(session, info, object);
  return updateExisting(session, info, object, current);
}

async function currentObject(session: Session, info: Info): Promise<KubeObject | undefined> {
  try {
    return await fetchInfo(session, info);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const what = `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`;
    throw withSource(what, info.source, error);
  }
}

async function createNew(session: Session, info: Info, object: KubeObject): Promise<unknown> {
  const body = withoutNulls(withLastApplied(object)) as KubeObject;
  if (session.dryRun === 'client') return report(session, 'created', body);
  try {
    const answer = await session.client.create(info.resource, info.namespace, unversioned(body), {
      ...writeOptions(session, CLIENT_MANAGER),
      fieldValidation: fieldValidation(session.args),
    });
    return report(session, 'created', await session.heed(answer));
  } catch (error) {
    throw withSource('creating', info.source, error);
  }
}

async function updateExisting(
  session: Session,
  info: Info,
  object: KubeObject,
  first: KubeObject,
): Promise<unknown> {
  if (session.dryRun === 'client') return report(session, 'configured', first);
  const modified = withLastApplied(object);
  if (first.metadata.annotations?.[LAST_APPLIED] === undefined) {
    await session.err(missingAnnotation(info));
  }
  let current = first;
  for (let attempt = 0; ; attempt += 1) {
    const patch = threeWayPatch(
      lastApplied(current) ?? {},
      asMap(modified),
      asMap(current),
      schemaOf(object),
    );
    if (Object.keys(patch).length === 0) return report(session, 'unchanged', current);
    try {
      const type: PatchType = schemaOf(object) ? 'strategic' : 'merge';
      const answer = await session.client.patch(info.resource, info.namespace, info.name, type, patch, {
        ...writeOptions(session, CLIENT_MANAGER),
        fieldValidation: fieldValidation(session.args),
      });
      const changed = await session.heed(answer);
      await warnIfDeleting(session, changed);
      return await report(session, 'configured', changed);
    } catch (error) {
      const conflict = error instanceof StatusError && error.reason === 'Conflict';
      if (conflict && attempt < PATCH_RETRIES) {
        current = await fetchInfo(session, info);
        continue;
      }
      const patching = withSource('patching', info.source, error);
      throw withSource(
        `applying patch:\n${goJson(patch)}\nto:\n${describeInfo(info)}\nfor:`,
        info.source,
        patching,
      );
    }
  }
}

const asMap = (object: KubeObject) => object as unknown as Readonly<Record<string, unknown>>;

async function warnIfDeleting(session: Session, object: KubeObject): Promise<void> {
  if (!object.metadata.deletionTimestamp) return;
  await session.err(
    `Warning: Detected changes to resource ${object.metadata.name ?? ''} which is currently being deleted.\n`,
  );
}

function missingAnnotation(info: Info): string {
  const { resource, group } = info.resource;
  const name = `${group === '' ? resource : `${resource}.${group}`}/${info.name}`;
  return `Warning: resource ${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`;
}

/** Nulls say "unset" in a patch; in a new object they mean nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

async function applyServerSide(session: Session, info: Info, object: KubeObject): Promise<unknown> {
  try {
    const answer = await session.client.patch(info.resource, info.namespace, info.name, 'apply', object, {
      ...writeOptions(session, 'kubectl'),
      force: bool(session.args, 'force-conflicts'),
      fieldValidation: fieldValidation(session.args),
    });
    const applied = await session.heed(answer);
    await warnIfDeleting(session, applied);
    return await report(session, 'serverside-applied', applied);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'Conflict')
      throw fail(conflictAdvice(error.message));
    throw error;
  }
}

const conflictAdvice = (message: string) => `${message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
