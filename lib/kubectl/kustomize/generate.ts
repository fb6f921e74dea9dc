import { isRecord } from '../../base';
import { encodeBase64 } from '../go-template';
import { absolutePath, fail } from '../session';
import type { Place } from './kustomization';
import type { Fields, Resource } from './resource';

/** What a generator made, and how it joins what is there. */
export interface Generated {
  readonly resource: Resource;
  readonly behavior: string;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** The ConfigMap or Secret of a generator entry. */
export function generate(
  place: Place,
  kind: 'ConfigMap' | 'Secret',
  entry: Fields,
  shared: Fields,
): Generated {
  const own = isRecord(entry.options) ? entry.options : {};
  const pairs = (key: string): Fields => ({
    ...(isRecord(shared[key]) ? shared[key] : {}),
    ...(isRecord(own[key]) ? own[key] : {}),
  });
  const data: Record<string, string> = {};
  for (const [key, value] of entries(place, entry)) {
    if (key in data) throw fail(`cannot add key ${key}, another key by that name already exists`);
    data[key] = kind === 'Secret' ? encodeBase64(value) : value;
  }
  const metadata = {
    name: String(entry.name ?? ''),
    ...(entry.namespace === undefined ? {} : { namespace: entry.namespace }),
    ...some('labels', pairs('labels')),
    ...some('annotations', pairs('annotations')),
  };
  const immutable = own.immutable ?? shared.immutable;
  const object = {
    apiVersion: 'v1',
    kind,
    metadata,
    ...some('data', data),
    ...(kind === 'Secret' ? { type: entry.type ?? 'Opaque' } : {}),
    ...(immutable === true ? { immutable } : {}),
  };
  const hashed = (own.disableNameSuffixHash ?? shared.disableNameSuffixHash) !== true;
  return { resource: { object, formerNames: [], hashed }, behavior: String(entry.behavior ?? 'create') };
}

const some = (key: string, value: Fields): Fields =>
  Object.keys(value).length === 0 ? {} : { [key]: value };

function entries(place: Place, entry: Fields): readonly (readonly [string, string])[] {
  const envs = [...texts(entry.envs), ...(entry.env === undefined ? [] : [String(entry.env)])];
  return [
    ...envs.flatMap((path) => fromEnv(read(place, path))),
    ...texts(entry.files).map((source) => fromFile(place, source)),
    ...texts(entry.literals).map(fromLiteral),
  ];
}

function read(place: Place, path: string): string {
  const absolute = absolutePath(path, place.folder);
  if (place.files.stat(absolute)?.kind !== 'file')
    throw fail(
      `loading KV pairs: file sources: [${path}]: evalsymlink failure on '${absolute}' : lstat ${absolute}: no such file or directory`,
    );
  return place.files.read(absolute);
}

function fromEnv(text: string): readonly (readonly [string, string])[] {
  return text
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    });
}

function fromFile(place: Place, source: string): readonly [string, string] {
  const equals = source.indexOf('=');
  const path = source.slice(equals + 1);
  return [equals < 0 ? (path.split('/').at(-1) ?? path) : source.slice(0, equals), read(place, path)];
}

function fromLiteral(source: string): readonly [string, string] {
  const equals = source.indexOf('=');
  if (equals <= 0)
    throw fail(
      `loading KV pairs: literal sources: [${source}]: invalid literal source ${source}, expected key=value`,
    );
  const value = source.slice(equals + 1);
  return [source.slice(0, equals), /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value];
}
