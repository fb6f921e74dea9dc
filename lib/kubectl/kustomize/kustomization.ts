import { type Files, isRecord, readYaml } from '../../base';
import { absolutePath, fail } from '../session';
import type { Fields } from './resource';

/** Where a build reads. */
export interface Place {
  readonly files: Files;
  /** The kustomization's folder, absolute. */
  readonly folder: string;
  /** Says a warning, once each time it is due. */
  warn(text: string): void;
}

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Fields of types.Kustomization. */
const FIELDS: ReadonlySet<string> = new Set(
  `apiVersion kind metadata openapi namePrefix nameSuffix namespace commonLabels labels commonAnnotations
  patchesStrategicMerge patchesJson6902 patches images imageTags replacements replicas vars sortOptions resources components
  crds bases configMapGenerator secretGenerator helmGlobals helmCharts helmChartInflationGenerator generatorOptions
  configurations generators transformers validators buildMetadata`.split(/\s+/),
);

/** Fields that ask for programs or files from elsewhere, or that are not built here. */
const NOT_BUILT = [
  'openapi',
  'replacements',
  'vars',
  'crds',
  'helmGlobals',
  'helmCharts',
  'helmChartInflationGenerator',
  'configurations',
  'generators',
  'transformers',
  'validators',
];

/** Fields that kustomize would rather see written otherwise. */
const DEPRECATED: readonly (readonly [field: string, instead: string])[] = [
  ['bases', 'resources'],
  ['commonLabels', 'labels'],
  ['patchesJson6902', 'patches'],
  ['patchesStrategicMerge', 'patches'],
];

/** The kustomization of a folder; fails in kustomize's words. */
export function readKustomization({ files, folder, warn }: Place): Fields {
  const found = NAMES.map((name) => `${folder}/${name}`).filter((path) => files.stat(path)?.kind === 'file');
  const [path] = found;
  if (path === undefined)
    throw fail(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`,
    );
  if (found.length > 1) throw fail(`Found multiple kustomization files: ${folder}\n`);
  const read = readYaml(files.read(path));
  if ('error' in read) throw fail(`invalid Kustomization: ${read.error}`);
  const value = isRecord(read.value) ? read.value : {};
  const unknown = Object.keys(value).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw fail(`invalid Kustomization: json: unknown field "${unknown}"`);
  if (Object.keys(value).every((field) => field === 'apiVersion' || field === 'kind'))
    throw fail('kustomization.yaml is empty');
  for (const [field, instead] of DEPRECATED) {
    if (value[field] !== undefined)
      warn(
        `# Warning: '${field}' is deprecated. Please use '${instead}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.`,
      );
  }
  const beyond = NOT_BUILT.find((field) => value[field] !== undefined);
  if (beyond !== undefined)
    throw fail(`'${beyond}' of a kustomization is not built by the kubectl of this simulated machine`);
  return value;
}

/** A folder to build; fails when it is none. */
export function enterFolder(place: Place, path: string): Place {
  const folder = absolutePath(path, place.folder);
  const kind = place.files.stat(folder)?.kind;
  if (kind === 'directory') return { ...place, folder };
  if (kind === 'file') throw fail(`must build at directory: '${folder}': file is not directory`);
  throw fail(`must build at directory: not a valid directory: ${missing(path, folder)}`);
}

/** What kustomize says of a path that leads nowhere. */
export const missing = (path: string, absolute: string): string =>
  `evalsymlink failure on '${path}' : lstat ${absolute}: no such file or directory`;
