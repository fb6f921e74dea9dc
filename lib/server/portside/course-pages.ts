import { type Course, LabError } from '../../labs';
import { findCourse } from '../lab-library';

/** Addresses that lessons may link to; those of the course only while it can be read. */
export async function coursePages(): Promise<ReadonlySet<string>> {
  const chapters = (await courseOrNone())?.chapters ?? [];
  return new Set([
    '/',
    '/chapters',
    '/glossary',
    '/sandbox',
    ...chapters.map(({ id }) => `/chapters/${id}`),
    ...chapters.flatMap(({ labs }) => labs.map((key) => `/labs/${key}`)),
  ]);
}

/** What is wrong with the course, if anything is. */
export async function courseFailure(): Promise<string | undefined> {
  try {
    await findCourse();
    return undefined;
  } catch (error) {
    if (error instanceof LabError) return `labs/${error.message}`;
    throw error;
  }
}

async function courseOrNone(): Promise<Course | undefined> {
  try {
    return await findCourse();
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
}
