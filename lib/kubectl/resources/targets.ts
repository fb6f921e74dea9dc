import type { ApiResource, KubeObject } from '../../api';
import { bool, list as listFlag, text } from '../flags';
import { buildKustomization } from '../kustomize';
import {
  documentInfo,
  flattenDocument,
  type Manifests,
  readManifests,
  validationFailure,
} from '../manifests';
import { UsageError } from '../seams';
import { DiscoveryFailure, fail, type Session } from '../session';
import { expandCategories, otherMeanings, requireResource } from './find-resource';
import type { Info } from './info';

/** All of a type that a selector picks. */
export interface ListTarget {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

/** What a command line points at, before the server is asked for objects. */
export interface Targets {
  readonly kind: 'lists' | 'names' | 'files';
  readonly lists: readonly ListTarget[];
  readonly infos: readonly Info[];
  /** Documents that could not be read or recognised. */
  readonly errors: readonly Error[];
  readonly singleItemImplied: boolean;
}

/** How a command reads its arguments (resource.Builder). */
export interface TargetRules {
  readonly words: readonly string[];
  /** A type alone means all of it. */
  readonly allowEmptySelector?: boolean;
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
  readonly singleResourceType?: boolean;
  /** Check kind and apiVersion first, as apply and create do. */
  readonly validate?: boolean;
  /** The type that names without one are of ("pods"). */
  readonly defaultType?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** How often an unreachable API is told of, where it is otherwise than the words make it. */
  readonly tries?: number;
  /** A file's kind that an unreachable API cannot tell is complained of without `error:`. */
  readonly plainErrors?: boolean;
  /** The first file that is wrong is the end. */
  readonly stopsAtFirst?: boolean;
  /** What is said of words beside `--local`. */
  readonly localOnly?: string;
}

const MISSING = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

const LOCAL_ONLY = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

/** Reads the words, `-f`, `-l` and `--field-selector` of a command line; fails as kubectl's builder does. */
export async function findTargets(session: Session, rules: TargetRules): Promise<Targets> {
  const { args } = session;
  const filenames = listFlag(args, 'filename');
  const labelSelector = rules.labelSelector ?? text(args, 'selector').trim();
  const fieldSelector = rules.fieldSelector ?? text(args, 'field-selector').trim();
  if (rules.all && (labelSelector !== '' || fieldSelector !== '')) {
    throw fail("setting 'all' parameter but found a non empty selector. ");
  }
  // Without the server's help only files can be read.
  if (bool(args, 'local') && rules.words.length > 0) throw fail(rules.localOnly ?? LOCAL_ONLY);
  const words = await normalizeWords(session, rules);
  if (filenames.length > 0 || text(args, 'kustomize') !== '')
    return fileTargets(session, rules, words, filenames);
  if (rules.words.length === 0 && labelSelector === '' && fieldSelector === '' && rules.all !== true)
    throw fail(MISSING);
  const known = await session.resources(triesOf(rules));
  const types = [...words.types.split(','), ...words.tuples.map(({ type }) => type)];
  await session.warn(types.flatMap((type) => otherMeanings(known, type)));
  if (words.tuples.length === 0 && words.types === '' && rules.words[0] === '') requireResource(known, '');
  if (
    labelSelector !== '' ||
    fieldSelector !== '' ||
    rules.all ||
    (rules.allowEmptySelector && words.types && words.names.length === 0)
  ) {
    return listTargets(session, rules, words, known, labelSelector, fieldSelector);
  }
  return nameTargets(session, rules, words, known);
}

/** How often client-go tells that discovery failed before a command gives up: for each type, and for all together. */
function triesOf(rules: TargetRules): number {
  if (rules.tries !== undefined) return rules.tries;
  const [first = ''] = rules.words;
  const isPair = first.includes('/') || rules.defaultType !== undefined;
  const types = first.split(',');
  if (isPair || (rules.words.length > 1 && types.length > 1)) return 4;
  // A type with its version is asked for by that before it is looked for as a name.
  return types.reduce((tries, type) => tries + (type.split('.').length > 2 ? 3 : 1), 4);
}

interface Words {
  /** "type/name" pairs. */
  readonly tuples: readonly { readonly type: string; readonly name: string }[];
  readonly types: string;
  readonly names: readonly string[];
}

async function normalizeWords(session: Session, rules: TargetRules): Promise<Words> {
  let words = rules.words;
  const [first = '', ...names] = words;
  const types = [...new Set(first.split(','))];
  if (words.length >= 2 && types.length > 1)
    words = types.flatMap((type) => names.map((name) => `${type}/${name}`));
  const slashed = words.filter((word) => word.includes('/')).length;
  if (slashed > 0 && slashed !== words.length) throw fail(MIXED);
  if (slashed > 0) return { tuples: words.map(splitTuple), types: '', names: [] };
  if (words.length === 0) return { tuples: [], types: '', names: [] };
  if (rules.defaultType !== undefined) {
    const type = rules.defaultType;
    return { tuples: words.map((name) => ({ type, name })), types: '', names: [] };
  }
  return { tuples: [], types: expandCategories(await session.resources(triesOf(rules)), first), names };
}

function splitTuple(word: string): { readonly type: string; readonly name: string } {
  const parts = word.split('/');
  if (parts.length !== 2) throw fail('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (type === '' || name === '' || type.includes(',')) {
    throw fail('arguments in resource/name form must have a single resource and name');
  }
  return { type, name };
}

function listTargets(
  session: Session,
  rules: TargetRules,
  words: Words,
  known: readonly ApiResource[],
  labelSelector: string,
  fieldSelector: string,
): Targets {
  if (words.names.length > 0) throw fail('name cannot be provided when a selector is specified');
  if (words.tuples.length > 0) {
    throw fail('selectors and the all flag cannot be used when passing resource/name arguments');
  }
  if (words.types === '') throw fail('at least one resource must be specified to use a selector');
  const resources = mappings(known, words.types, rules);
  const lists = resources.map((resource) => ({
    resource,
    namespace: !resource.namespaced || rules.allNamespaces ? '' : session.namespace,
    labelSelector,
    fieldSelector,
  }));
  return { kind: 'lists', lists, infos: [], errors: [], singleItemImplied: false };
}

function mappings(known: readonly ApiResource[], types: string, rules: TargetRules): readonly ApiResource[] {
  const words = types.split(',');
  if (words.length > 1 && rules.singleResourceType) throw fail('you may only specify a single resource type');
  return [...new Set(words.map((word) => requireResource(known, word)))];
}

function nameTargets(
  session: Session,
  rules: TargetRules,
  words: Words,
  known: readonly ApiResource[],
): Targets {
  const pairs = words.tuples.map(({ type, name }) => ({ resource: requireResource(known, type), name }));
  if (rules.singleResourceType && new Set(pairs.map((pair) => pair.resource)).size > 1) {
    throw fail('you may only specify a single resource type');
  }
  if (words.names.length > 0) {
    const [resource] = mappings(known, words.types, rules);
    if (resource) pairs.push(...words.names.map((name) => ({ resource, name })));
  }
  if (pairs.length === 0) {
    if (words.types === '') throw fail(MISSING);
    mappings(known, words.types, {} as TargetRules);
    throw fail('resource(s) were provided, but no name was specified');
  }
  const infos = pairs.map(({ resource, name }) => {
    if (resource.namespaced && rules.allNamespaces) {
      throw fail('a resource cannot be retrieved by name across all namespaces');
    }
    return { resource, name, namespace: resource.namespaced ? session.namespace : '', source: '' };
  });
  return { kind: 'names', lists: [], infos, errors: [], singleItemImplied: infos.length === 1 };
}

async function fileTargets(
  session: Session,
  rules: TargetRules,
  words: Words,
  filenames: readonly string[],
): Promise<Targets> {
  if (words.types !== '' && words.names.length === 0) {
    throw fail(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  }
  if (words.names.length > 0)
    throw fail(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  if (words.tuples.length > 0)
    throw fail('resource/name arguments cannot be provided when a path is specified');
  const folder = text(session.args, 'kustomize');
  const manifests =
    folder === ''
      ? await readManifests(session, filenames, bool(session.args, 'recursive'))
      : await builtManifests(session, folder);
  const errors: Error[] = [];
  const infos: Info[] = [];
  if (rules.validate && manifests.documents.length > 0) await requireSchema(session, manifests);
  const known = await kindsFor(session, rules, manifests, errors);
  if (known === undefined) return { kind: 'files', lists: [], infos, errors, singleItemImplied: false };
  for (const document of manifests.documents) {
    const invalid =
      'error' in document ? document.error : rules.validate ? validationFailure(document) : undefined;
    if (invalid || 'error' in document) {
      if (invalid) errors.push(invalid);
      continue;
    }
    for (const each of flattenDocument(document)) {
      const info = documentInfo(each, known);
      if ('error' in info) errors.push(info.error);
      else {
        const settled = settleNamespace(session, info);
        if ('error' in settled) errors.push(settled.error);
        else infos.push(settled);
      }
    }
  }
  return { kind: 'files', lists: [], infos, errors, singleItemImplied: manifests.singleItemImplied };
}

/** What is served, for documents to be recognised by; where that cannot be asked, each is complained of. */
async function kindsFor(
  session: Session,
  rules: TargetRules,
  { documents }: Manifests,
  errors: Error[],
): Promise<readonly ApiResource[] | undefined> {
  try {
    return await session.resources(1);
  } catch (error) {
    if (!(error instanceof DiscoveryFailure)) throw error;
    for (const document of documents) {
      if ('error' in document) {
        errors.push(document.error);
        continue;
      }
      await session.err(error.line);
      const text = `unable to recognize "${document.source}": ${error.found}`;
      errors.push(new UsageError(text, rules.plainErrors === true));
      if (rules.stopsAtFirst) break;
    }
    return undefined;
  }
}

/** What is validated is validated by the server's schema; it is said when that cannot be had. */
async function requireSchema(session: Session, { documents }: Manifests): Promise<void> {
  const source = documents.map((each) => ('source' in each ? each.source : '')).find(Boolean) ?? '';
  try {
    await session.client.resources();
  } catch (error) {
    if (!(error instanceof DiscoveryFailure)) throw error;
    throw fail(
      `error validating "${source}": error validating data: failed to download openapi: ${error.found.replace(/\/api\?(?=timeout=)/, '/openapi/v2?')}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
}

/** What a kustomization stands for, as if it were one file. */
async function builtManifests(session: Session, folder: string): Promise<Manifests> {
  const { files, cwd } = session.env;
  const warnings: string[] = [];
  try {
    const built = buildKustomization(
      { files, folder: cwd, warn: (words) => void warnings.push(words) },
      folder,
    );
    return { documents: built.map((value) => ({ source: folder, value })), singleItemImplied: false };
  } finally {
    for (const warning of warnings) await session.err(`${warning}\n`);
  }
}

/** Gives an object of a file its namespace; one that differs from `-n` is refused. */
function settleNamespace(session: Session, info: Info): Info | { readonly error: Error } {
  const { resource, object, namespace } = info;
  if (!object) return info;
  if (!resource.namespaced) {
    const { namespace: _dropped, ...metadata } = object.metadata ?? {};
    return { ...info, namespace: '', object: { ...object, metadata } };
  }
  if (namespace === '') {
    const metadata = { ...object.metadata, namespace: session.namespace };
    return { ...info, namespace: session.namespace, object: { ...object, metadata } as KubeObject };
  }
  if (session.namespaceGiven && namespace !== session.namespace) {
    return {
      error: fail(
        `the namespace from the provided object "${namespace}" does not match the namespace "${session.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`,
      ),
    };
  }
  return info;
}
