import { readFile } from 'node:fs/promises';
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

let served: Promise<readonly Chapter[]> | undefined;

/** Every chapter, in the order of the course. What is served does not change; while it is written it is read each time. */
export function readChapters(folder = CHAPTERS, courseFile = COURSE): Promise<readonly Chapter[]> {
  if (process.env.NODE_ENV !== 'production' || folder !== CHAPTERS || courseFile !== COURSE)
    return readAnew(folder, courseFile);
  served ??= readAnew(folder, courseFile).catch((error: unknown) => {
    served = undefined;
    throw error;
  });
  return served;
}

async function readAnew(folder: string, courseFile: string): Promise<readonly Chapter[]> {
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
