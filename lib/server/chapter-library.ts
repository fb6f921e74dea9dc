import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { LabError } from '../labs';

/** Where chapters are: data only, one Markdown file each, and the file that orders them. */
const CHAPTERS = join(process.cwd(), 'chapters');
const ORDER = 'order.yaml';
const COURSE = join(process.cwd(), 'labs', 'course.yaml');

/** One chapter of the course. */
export interface Chapter {
  readonly slug: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  /** "track/slug" of each lab that belongs to it. */
  readonly labs: readonly string[];
  /** What its cluster is like, where it is not an ordinary one. */
  readonly cluster: { readonly cloud?: 'aws' | undefined };
  /** The prose; empty while it is being written. */
  readonly markdown: string;
}

const frontMatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  cluster: z.strictObject({ cloud: z.literal('aws').optional() }).default({}),
});

/** Of `labs/course.yaml`, which lab belongs to which chapter; the lab library judges the rest of it. */
const course = z.object({ chapters: z.array(z.object({ id: z.string(), labs: z.array(z.string()) })) });

const order = z.array(z.string().regex(/^[a-z0-9-]+$/));

const FENCED = /^---\n(.*?)\n---\n(.*)$/s;

/** What was read last, and the state of the files that it was read from. */
let kept: { readonly stamp: string; readonly chapters: Promise<readonly Chapter[]> } | undefined;

/** Every chapter, in the order of the course. Files that have not changed are not read again, and give the same objects. */
export async function readChapters(folder = CHAPTERS, courseFile = COURSE): Promise<readonly Chapter[]> {
  const stamp = await stampOf(folder, courseFile);
  if (kept?.stamp === stamp) return kept.chapters;
  const chapters = readAll(folder, courseFile);
  kept = { stamp, chapters };
  return chapters;
}

async function stampOf(folder: string, courseFile: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.(md|yaml)$/.test(name)).sort();
  const files = [courseFile, ...names.map((name) => join(folder, name))];
  const stamps = await Promise.all(
    files.map(async (file) => {
      const { mtimeMs, size } = await stat(file);
      return `${file} ${mtimeMs} ${size}`;
    }),
  );
  return stamps.join('\n');
}

async function readAll(folder: string, courseFile: string): Promise<readonly Chapter[]> {
  const slugs = valid(ORDER, order, yaml(ORDER, await readFile(join(folder, ORDER), 'utf8')));
  const { chapters } = valid(courseFile, course, yaml(courseFile, await readFile(courseFile, 'utf8')));
  return Promise.all(
    slugs.map(async (slug, index) => {
      const file = `${slug}.md`;
      const labs = chapters.find(({ id }) => id === slug)?.labs ?? [];
      return {
        ...readChapter(file, await readFile(join(folder, file), 'utf8')),
        slug,
        number: index + 1,
        labs,
      };
    }),
  );
}

/** A chapter's own file; `LabError` says what is wrong with it. */
function readChapter(
  file: string,
  text: string,
): Pick<Chapter, 'title' | 'summary' | 'cluster' | 'markdown'> {
  const [, head, body] = FENCED.exec(text) ?? [];
  if (head === undefined || body === undefined)
    throw new LabError(file, 1, 'begins with front matter between two lines "---"');
  return { ...valid(file, frontMatter, yaml(file, head)), markdown: body.trim() };
}

function yaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new LabError(file, error.linePos?.[0].line, error.message);
    throw error;
  }
}

function valid<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  throw new LabError(file, undefined, `${issue?.path.join('.') || 'the document'}: ${issue?.message}`);
}
