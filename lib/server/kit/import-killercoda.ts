import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { LabError } from '../../labs';
import { takeMarkdown, withoutPlaces } from './killercoda-text';
import { TO_WRITE } from './to-write';

const page = z.looseObject({
  title: z.string().optional(),
  text: z.string().optional(),
  verify: z.string().optional(),
  background: z.string().optional(),
  foreground: z.string().optional(),
});

/** `index.json` of a Killercoda scenario, as far as it is taken over. */
const indexSchema = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  details: z.looseObject({
    intro: page.optional(),
    steps: z.array(page).min(1),
    finish: page.optional(),
    assets: z
      .looseObject({
        host01: z
          .array(z.looseObject({ file: z.string(), target: z.string(), chmod: z.string().optional() }))
          .optional(),
      })
      .optional(),
  }),
  backend: z.looseObject({ imageid: z.string() }).optional(),
});
type Index = z.infer<typeof indexSchema>;
type Page = z.infer<typeof page>;

/** A lab made of a scenario, and what an author has to do by hand. */
export interface Imported {
  readonly slug: string;
  readonly files: Readonly<Record<string, string>>;
  readonly report: readonly string[];
}

/** Takes over what can be: texts, commands, verify scripts (as `output` checks), start scripts and text assets. */
export async function importKillercoda(dir: string): Promise<Imported> {
  const index = await readIndex(dir);
  const report: string[] = [];
  const files: Record<string, string> = {};
  const slug =
    basename(dir)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'imported';
  const pages = [...(index.details.intro ? [index.details.intro] : []), ...index.details.steps];
  const steps = [];
  const tasks = [];
  for (const [place, each] of pages.entries()) {
    const id = `step-${place + 1}`;
    const title =
      each.title ?? (place === 0 && index.details.intro ? 'Before you begin' : `Step ${place + 1}`);
    files[`steps/${id}.md`] = takeMarkdown(await textOf(dir, each.text, report), each.text ?? id, report);
    steps.push({ id, title, file: `steps/${id}.md` });
    const verify = await textOf(dir, each.verify, report);
    if (verify !== '')
      tasks.push(taskOf(id, title, withoutPlaces(verify, each.verify ?? id, report), report));
  }
  const start = await startScript(dir, index, report);
  if (start !== '') files['private/start.sh'] = withoutPlaces(start, 'private/start.sh', report);
  await takeAssets(dir, index, files, report);
  const finish = await textOf(dir, index.details.finish?.text, report);
  if (finish !== '')
    files['private/debrief.md'] = takeMarkdown(finish, index.details.finish?.text ?? 'finish', report);
  if (tasks.length === 0)
    report.push('not taken over: no step has a verify script, so tasks have to be written');
  if (index.backend && !index.backend.imageid.includes('kubernetes'))
    report.push(
      `look at cluster: ${index.backend.imageid} has no Kubernetes; here there always is a cluster`,
    );
  report.push('to be written: private/solutions/ (two or more), private/mistakes/ (three or more)');
  files['lab.yaml'] = labYaml(slug, index, steps, tasks);
  return { slug, files, report };
}

async function readIndex(dir: string): Promise<Index> {
  const text = await readFile(join(dir, 'index.json'), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error)
      throw new LabError(join(dir, 'index.json'), undefined, 'cannot be read; a Killercoda scenario has one');
    throw error;
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new LabError(join(dir, 'index.json'), undefined, error.message);
    throw error;
  }
  const read = indexSchema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new LabError(join(dir, 'index.json'), undefined, `${issue?.path.join('.')}: ${issue?.message}`);
}

async function textOf(dir: string, file: string | undefined, report: string[]): Promise<string> {
  if (file === undefined) return '';
  try {
    return await readFile(join(dir, file), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    report.push(`not taken over: ${file} is named in index.json and is not there`);
    return '';
  }
}

function taskOf(id: string, title: string, verify: string, report: string[]) {
  report.push(
    `look at task ${id}: its verify script is taken over as it is; checks of behaviour would be better`,
  );
  const script = verify.replace(/^#!.*\n/, '');
  return {
    id,
    title,
    text: `What *${title}* asks for is done.`,
    checks: [
      {
        name: 'verified',
        output: {
          run: script,
          because: 'The script that judges this step found something that is not as it should be.',
        },
      },
    ],
  };
}

async function startScript(dir: string, { details }: Index, report: string[]): Promise<string> {
  const parts: string[] = [];
  const from = [details.intro, ...details.steps].filter((each): each is Page => each !== undefined);
  for (const [place, each] of from.entries()) {
    for (const file of [each.background, each.foreground]) {
      const text = await textOf(dir, file, report);
      if (text === '') continue;
      if (place === 0 && waits(text))
        report.push(
          `not taken over: ${file} waits for something; here the start is over before the learner comes`,
        );
      else if (place === 0) parts.push(text.replace(/^#!.*\n/, ''));
      else report.push(`not taken over: ${file}, a script that runs when a later step begins`);
    }
  }
  if (parts.length > 0)
    report.push('look at private/start.sh: it may install tools or wait for what is always there here');
  return parts.join('\n');
}

/** Whether a script only holds the learner up until another one is done. */
const waits = (script: string): boolean => /^\s*(while|until)\b/m.test(script) && !/\bkubectl\b/.test(script);

async function takeAssets(
  dir: string,
  { details }: Index,
  files: Record<string, string>,
  report: string[],
): Promise<void> {
  const there = await readdir(join(dir, 'assets')).catch(() => []);
  for (const { file, target, chmod } of details.assets?.host01 ?? []) {
    const names = file.includes('*') ? there.filter((name) => isMeant(file, name)).sort() : [file];
    if (names.length === 0) report.push(`not taken over: no file in assets/ is meant by ${file}`);
    if (chmod !== undefined && names.length > 0)
      report.push(`look at ${file}: files have no mode here; a script is run as "bash FILE"`);
    const home = /^(~|\/root)\/?$/.test(target) ? '' : target.replace(/^(~|\/root)\//, '').replace(/^\//, '');
    for (const name of names) {
      const text = await textOf(dir, join('assets', name), report);
      const place = `files/${home === '' ? '' : `${home.replace(/\/$/, '')}/`}${basename(name)}`;
      if (text.includes('\u0000')) report.push(`not taken over: assets/${name} is no text`);
      else if (text !== '') files[place] = withoutPlaces(text, `assets/${name}`, report);
    }
  }
}

/** Whether a pattern of index.json ("*.yaml") means a file. */
function isMeant(pattern: string, name: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[^/]*')}$`).test(name);
}

function labYaml(
  slug: string,
  { title, description, backend }: Index,
  steps: unknown,
  tasks: readonly unknown[],
): string {
  const single = backend?.imageid.includes('1node') ?? false;
  return stringify(
    {
      id: slug,
      title,
      summary: description ?? title,
      aims: [`${TO_WRITE} what a learner can do afterwards`],
      minutes: 20,
      cluster: { nodes: single ? 1 : 2, images: 'any' },
      steps,
      tasks:
        tasks.length > 0
          ? tasks
          : [
              {
                id: 'first',
                title: 'First task',
                text: `${TO_WRITE} what is asked.`,
                checks: [{ name: 'there', object: { resource: 'services', name: 'to-be-named' } }],
              },
            ],
    },
    { lineWidth: 110 },
  );
}
