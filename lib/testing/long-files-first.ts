import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first; what begins last would run alone at the end. */
const LONG = ['lib/testing/storm/', 'lib/testing/corpus/', 'lib/testing/clients/', 'lib/server/crash/'];

/** Hands out the long files first, so that all workers end at about the same time. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((part) => moduleId.includes(part));
      return found < 0 ? LONG.length : found;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
