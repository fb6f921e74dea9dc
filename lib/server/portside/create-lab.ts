import { readFile } from 'node:fs/promises';
import { LabError } from '../../labs';
import { importKillercoda, newLab } from '../kit';
import { refuseIfThere, writeLab } from '../kit/write-lab';
import { labFolder } from '../lab-library';
import { type AskedLab, askForLab, NO_SUMMARY, SLUG, titleFrom, USUAL_MINUTES } from './ask-for-lab';

/** Begins a lab; what is not given is asked for. */
export async function createLab(
  slug: string | undefined,
  options: { readonly track: string; readonly title?: string; readonly from?: string },
): Promise<number> {
  const asked = await ask(slug, options.title);
  if (!SLUG.test(asked.slug))
    throw new LabError(asked.slug, undefined, 'is no name of a lab: lower-case words joined by hyphens');
  const script = options.from === undefined ? undefined : await readScript(options.from);
  if (!SLUG.test(options.track))
    throw new LabError(options.track, undefined, 'is no name of a track: lower-case words joined by hyphens');
  const folder = labFolder({ track: options.track, slug: asked.slug });
  // Before the script is run, which takes a while.
  await refuseIfThere(folder);
  const files = await newLab({ ...asked, script });
  await writeLab(folder, files);
  for (const path of Object.keys(files))
    process.stdout.write(`labs/${options.track}/${asked.slug}/${path}\n`);
  tellNext(options.track, asked.slug);
  return 0;
}

function tellNext(track: string, slug: string): void {
  process.stdout.write(
    `Now list ${track}/${slug} in labs/course.yaml, and run: portside lab check ${slug} --watch\n`,
  );
}

/** What is known of a lab before it is asked for: all of it where nobody is there to ask. */
async function ask(slug: string | undefined, title: string | undefined): Promise<AskedLab> {
  if (process.stdin.isTTY && (slug === undefined || title === undefined))
    return askForLab({ slug, title }, { input: process.stdin, output: process.stdout });
  if (slug === undefined)
    throw new LabError(
      'lab new',
      undefined,
      'name the lab (portside lab new my-lab): nobody is there to ask',
    );
  return { slug, title: title ?? titleFrom(slug), summary: NO_SUMMARY, minutes: USUAL_MINUTES };
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
  tellNext(track, slug);
  return 0;
}
