/** A line of the tree of files: a folder, or a file with its whole path. */
export interface TreeLine {
  readonly kind: 'file' | 'folder';
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** 0 at the top. */
  readonly depth: number;
}

/** The files with their folders, as `ls -R` would order them: in every folder the files first, then the folders. */
export function fileTree(paths: readonly string[]): readonly TreeLine[] {
  return linesIn('', 0, [...paths].sort());
}

function linesIn(folder: string, depth: number, paths: readonly string[]): readonly TreeLine[] {
  const below = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  const files = below.filter((rest) => !rest.includes('/'));
  const folders = new Set(below.flatMap((rest) => /^[^/]+(?=\/)/.exec(rest) ?? []));
  return [
    ...files.map((name) => ({ kind: 'file' as const, path: folder + name, name, depth })),
    ...[...folders].flatMap((name) => [
      { kind: 'folder' as const, path: folder + name, name, depth },
      ...linesIn(`${folder}${name}/`, depth + 1, paths),
    ]),
  ];
}

const PART = /^[\w-][\w.-]*$/;

/** Why a file cannot have this name beside those that are there, as a sentence; undefined when it can. */
export function nameProblem(name: string, paths: readonly string[]): string | undefined {
  const parts = name.split('/');
  if (parts.some((part) => part.startsWith('.')))
    return 'Names that begin with a dot are hidden here; the terminal shows them.';
  if (!parts.every((part) => PART.test(part)))
    return 'Letters, digits, dots, dashes and underscores, and no spaces; a slash after the name of a folder.';
  if (paths.includes(name)) return `There is a ${name} already.`;
  if (paths.some((path) => path.startsWith(`${name}/`))) return `${name} is a folder.`;
  const file = paths.find((path) => name.startsWith(`${path}/`));
  return file === undefined ? undefined : `${file} is a file, and no folder.`;
}
