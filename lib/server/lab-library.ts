import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Course, type Lab, LabError, type LabFiles, type LabSource, readCourse, readLab } from '../labs';
import { projectRoot } from './project-root';
import { readSandboxSlug, SANDBOX_TRACK, sandboxLab } from './sandbox-lab';

/** Where labs are: data only, one folder per lab under one folder per track. */
const LABS = join(projectRoot(), 'labs');
/** Text files of a lesson; anything larger was not meant to be one. */
const FILE_LIMIT_BYTES = 1024 * 1024;

/** Folders beside the tracks that hold no labs. */
const NO_TRACKS = ['bases'];

/** Labs by track and slug. */
export interface LabLibrary {
  /** As everybody sees them: with the first seed's values. */
  readonly labs: readonly Lab[];
  /** Labs that could not be read, and why. */
  readonly broken: readonly { readonly key: string; readonly error: LabError }[];
  /** Order and grouping; undefined when there is no (right) `course.yaml`. */
  readonly course: Course | undefined;
  /** A lab of the course, or a sandbox. */
  find(track: string, slug: string): Lab | undefined;
  /** The files that a lab of the course was read from; a sandbox has none. */
  source(lab: Lab): LabSource | undefined;
  /** The same lab with a seed's values. */
  vary(lab: Lab, seed: number): Lab;
}

/** A lab's name in the database and in addresses: "services/clusterip". */
export function labKey(lab: { readonly track: string; readonly slug: string }): string {
  return `${lab.track}/${lab.slug}`;
}

/** Reads every lab once. One that is broken is set aside, so that the others are still served. */
export async function readLabLibrary(folder = LABS): Promise<LabLibrary> {
  const labs: Lab[] = [];
  const sources = new Map<string, LabSource>();
  const broken: { key: string; error: LabError }[] = [];
  const varied = new Map<string, Lab>();
  for (const { track, slug } of await listFolders(folder)) {
    try {
      const source = await readSource(folder, track, slug);
      const lab = readLab(source);
      sources.set(labKey(lab), source);
      labs.push(lab);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      broken.push({ key: `${track}/${slug}`, error });
    }
  }
  const course = await courseOrError(folder, labs);
  if (course instanceof LabError) broken.push({ key: 'course', error: course });
  return {
    labs,
    broken,
    course: course instanceof LabError ? undefined : course,
    find(track, slug) {
      const choice = track === SANDBOX_TRACK ? readSandboxSlug(slug) : undefined;
      return choice ? sandboxLab(choice) : labs.find((lab) => lab.track === track && lab.slug === slug);
    },
    source: (lab) => sources.get(labKey(lab)),
    vary(lab, seed) {
      const source = sources.get(labKey(lab));
      if (!lab.varies || source === undefined || lab.seed === seed) return lab;
      const key = `${labKey(lab)} ${seed}`;
      const known = varied.get(key) ?? readLab(source, seed);
      varied.set(key, known);
      return known;
    },
  };
}

async function courseOrError(folder: string, labs: readonly Lab[]): Promise<Course | LabError> {
  try {
    return await readCourseFile(folder, new Set(labs.map(labKey)));
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

async function readCourseFile(folder: string, labs: ReadonlySet<string>): Promise<Course> {
  let text: string;
  try {
    text = await readFile(join(folder, 'course.yaml'), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new LabError('course.yaml', undefined, 'is missing; it lists every lab under a chapter');
  }
  return readCourse(text, labs);
}

/** The course as it is; `LabError` when something is wrong with it. */
export async function findCourse(): Promise<Course> {
  return readCourseFile(LABS, new Set((await listFolders(LABS)).map(labKey)));
}

/** What every lab is read from. */
export async function listSources(): Promise<readonly LabSource[]> {
  const places = await listFolders(LABS);
  return Promise.all(places.map(({ track, slug }) => readSource(LABS, track, slug)));
}

/** The source of the lab of that slug, or of "track/slug"; `LabError` names those there are when it is none of them. */
export async function findSource(name: string): Promise<LabSource> {
  const places = await listFolders(LABS);
  const found = places.find((place) => place.slug === name || labKey(place) === name);
  if (found !== undefined) return readSource(LABS, found.track, found.slug);
  const known = places.map(({ slug }) => slug).join(', ');
  throw new LabError('labs', undefined, `there is no lab "${name}"; there are: ${known || 'none'}`);
}

/** The lab of a name, with a seed's values. */
export async function findLab(name: string, seed?: number): Promise<Lab> {
  return readLab(await findSource(name), seed);
}

/** Where the files of a lab are. */
export const labFolder = ({ track, slug }: { readonly track: string; readonly slug: string }): string =>
  join(LABS, track, slug);

async function listFolders(folder: string): Promise<readonly { track: string; slug: string }[]> {
  const found = [];
  for (const track of (await folderNames(folder)).filter((name) => !NO_TRACKS.includes(name))) {
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

async function readSource(folder: string, track: string, slug: string): Promise<LabSource> {
  const files = await readFiles(join(folder, track, slug));
  const bases = new Map<string, LabFiles>();
  for (const name of (await folderNames(folder)).includes('bases')
    ? await folderNames(join(folder, 'bases'))
    : [])
    bases.set(name, await readFiles(join(folder, 'bases', name)));
  return { track, slug, files, base: (name) => bases.get(name) };
}

async function readFiles(root: string): Promise<LabFiles> {
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
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
