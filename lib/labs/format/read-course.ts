import { z } from 'zod';
import type { Course } from '../seams';
import { LabError } from './lab-error';
import { slugSchema } from './lab-schema';
import { readYaml } from './read-yaml';

const text = z.string().min(1);

const courseSchema = z.strictObject({
  title: text,
  /** Whom the course follows; shown where it begins. */
  credit: text,
  chapters: z.array(
    z.strictObject({
      id: slugSchema,
      title: text,
      summary: text,
      /** "track/slug", in order. */
      labs: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be "track/slug"')),
    }),
  ),
  /** What can be learnt, by name; labs train and need these. */
  skills: z.record(slugSchema, text),
});

/** Reads `labs/course.yaml`, and holds it against the labs there are ("track/slug"). */
export function readCourse(source: string, labs: ReadonlySet<string>): Course {
  const course = readYaml('course.yaml', source, courseSchema);
  const seen = new Set<string>();
  for (const chapter of course.chapters) {
    for (const lab of chapter.labs) {
      const line = source.split('\n').findIndex((each) => each.includes(lab)) + 1;
      if (!labs.has(lab)) throw new LabError('course.yaml', line, `there is no folder labs/${lab}`);
      if (seen.has(lab)) throw new LabError('course.yaml', line, `lab ${lab} is listed twice`);
      seen.add(lab);
    }
  }
  const lost = [...labs].find((each) => !seen.has(each));
  if (lost !== undefined)
    throw new LabError(
      'course.yaml',
      undefined,
      `lab ${lost} stands in no chapter; list it under chapters[].labs`,
    );
  return course;
}
