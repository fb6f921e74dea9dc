import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { LabError } from '../../labs';
import { importKillercoda, newLab } from '../kit';
import { writeLab } from '../kit/write-lab';
import { labFolder } from '../lab-library';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Begins a lab; what is not given is asked for. */
export async function createLab(
  slug: string | undefined,
  options: { readonly track: string; readonly title?: string; readonly from?: string },
): Promise<number> {
  const asked = await ask(slug, options.title);
  if (!SLUG.test(asked.slug))
    throw new LabError(asked.slug, undefined, 'is no name of a lab: lower-case words joined by hyphens');
  const script = options.from === undefined ? undefined : await readScript(options.from);
  const files = await newLab({ ...asked, script });
  const folder = labFolder({ track: options.track, slug: asked.slug });
  await writeLab(folder, files);
  for (const path of Object.keys(files))
    process.stdout.write(`labs/${options.track}/${asked.slug}/${path}\n`);
  process.stdout.write(
    `Now list ${options.track}/${asked.slug} in labs/course.yaml, and run: portside lab check ${asked.slug} --watch\n`,
  );
  return 0;
}

async function ask(slug: string | undefined, title: string | undefined) {
  if (slug !== undefined && (title !== undefined || !process.stdin.isTTY))
    return {
      slug,
      title: title ?? slug,
      summary: 'What this lab is about, in one or two sentences.',
      minutes: 20,
    };
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const name = slug ?? (await lines.question('Name of its folder (my-lab): '));
    const heading = title ?? (await lines.question('Title: '));
    const summary = await lines.question('What it is about, in a sentence: ');
    const minutes = Number(await lines.question('Minutes it takes (20): ')) || 20;
    return { slug: name.trim(), title: heading.trim() || name, summary: summary.trim() || heading, minutes };
  } finally {
    lines.close();
  }
}

async function readScript(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new LabError(path, undefined, `cannot be read: ${error.message}`);
    throw error;
  }
}

/** Takes over a Killercoda scenario into a new lab folder. */
export async function takeOverKillercoda(
  dir: string,
  { track }: { readonly track: string },
): Promise<number> {
  const { slug, files, report } = await importKillercoda(dir);
  await writeLab(labFolder({ track, slug }), files);
  for (const path of Object.keys(files)) process.stdout.write(`labs/${track}/${slug}/${path}\n`);
  for (const line of report) process.stdout.write(`${line}\n`);
  return 0;
}
