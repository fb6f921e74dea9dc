import { readFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline/promises';
import { LabError } from '../../labs';
import { importKillercoda, newLab, TO_WRITE } from '../kit';
import { refuseIfThere, writeLab } from '../kit/write-lab';
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

async function ask(slug: string | undefined, title: string | undefined) {
  if (!process.stdin.isTTY || (slug !== undefined && title !== undefined)) {
    if (slug === undefined)
      throw new LabError(
        'lab new',
        undefined,
        'name the lab (portside lab new my-lab): nobody is there to ask',
      );
    return { slug, title: title ?? titleFrom(slug), summary: `${TO_WRITE} what it is about.`, minutes: 20 };
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const name = (slug ?? (await untilRight(lines, 'Name of its folder (my-lab): ', aSlug))).trim();
    const heading = title ?? (await lines.question(`Title (${titleFrom(name)}): `)).trim();
    const summary = (await lines.question('What it is about, in a sentence: ')).trim();
    const minutes = Number(await untilRight(lines, 'Minutes it takes (20): ', aNumber)) || 20;
    return {
      slug: name,
      title: heading || titleFrom(name),
      summary: summary || `${TO_WRITE} what it is about.`,
      minutes,
    };
  } finally {
    lines.close();
  }
}

/** "front-door" as a title: "Front door". */
const titleFrom = (slug: string): string => {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const aSlug = (answer: string): string | undefined =>
  SLUG.test(answer.trim()) ? undefined : 'Lower-case words joined by hyphens, please.';
const aNumber = (answer: string): string | undefined =>
  /^\s*([1-9]\d*)?\s*$/.test(answer) ? undefined : 'A whole number, please.';

/** Asks until there is nothing to say against the answer. */
async function untilRight(
  lines: Interface,
  question: string,
  against: (answer: string) => string | undefined,
): Promise<string> {
  for (;;) {
    const answer = await lines.question(question);
    const complaint = against(answer);
    if (complaint === undefined) return answer;
    process.stdout.write(`${complaint}\n`);
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
  tellNext(track, slug);
  return 0;
}
