import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Lab, LabError, readLab } from '../labs';
import { projectRoot } from './project-root';

/** Where labs are: data only, one folder per lab under one folder per track. */
const LABS = join(projectRoot(), 'labs');
/** Text files of a lesson; anything larger was not meant to be one. */
const FILE_LIMIT_BYTES = 1024 * 1024;

/** Labs by track and slug. */
export interface LabLibrary {
  readonly labs: readonly Lab[];
  /** Labs that could not be read, and why. */
  readonly broken: readonly { readonly key: string; readonly error: LabError }[];
  find(track: string, slug: string): Lab | undefined;
}

/** A lab's name in the database and in addresses: "services/clusterip". */
export function labKey(lab: { readonly track: string; readonly slug: string }): string {
  return `${lab.track}/${lab.slug}`;
}

/** Reads every lab once. One that is broken is set aside, so that the others are still served. */
export async function readLabLibrary(folder = LABS): Promise<LabLibrary> {
  const labs: Lab[] = [];
  const broken: { key: string; error: LabError }[] = [];
  for (const { track, slug } of await listFolders(folder)) {
    try {
      labs.push(await readLabFolder(folder, track, slug));
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      broken.push({ key: `${track}/${slug}`, error });
    }
  }
  return {
    labs,
    broken,
    find: (track, slug) => labs.find((lab) => lab.track === track && lab.slug === slug),
  };
}

/** Every lab; throws at the first that is broken. */
export async function listLabs(): Promise<readonly Lab[]> {
  const places = await listFolders(LABS);
  return Promise.all(places.map(({ track, slug }) => readLabFolder(LABS, track, slug)));
}

/** The lab of that slug, or of "track/slug"; `LabError` names those there are when it is none of them. */
export async function findLab(name: string): Promise<Lab> {
  const places = await listFolders(LABS);
  const found = places.find((place) => place.slug === name || labKey(place) === name);
  if (found !== undefined) return readLabFolder(LABS, found.track, found.slug);
  const known = places.map(({ slug }) => slug).join(', ');
  throw new LabError('labs', undefined, `there is no lab "${name}"; there are: ${known || 'none'}`);
}

async function listFolders(folder: string): Promise<readonly { track: string; slug: string }[]> {
  const found = [];
  for (const track of await folderNames(folder)) {
    for (const slug of await folderNames(join(folder, track))) found.push({ track, slug });
  }
  return found;
}

async function folderNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function readLabFolder(folder: string, track: string, slug: string): Promise<Lab> {
  const root = join(folder, track, slug);
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    const name = relative(root, path).replaceAll('\\', '/');
    if (text.length > FILE_LIMIT_BYTES) throw new LabError(name, undefined, 'is larger than 1 MiB');
    files.set(name, text);
  }
  return readLab(track, slug, new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}
