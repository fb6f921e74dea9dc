import { createInterface, type Interface } from 'node:readline';
import { LabError } from '../../labs';
import { TO_WRITE } from '../kit';

/** How a lab's folder may be called. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** What stands where nobody has said what a lab is about. */
export const NO_SUMMARY = `${TO_WRITE} what it is about.`;
/** How long a lab takes when nobody has said. */
export const USUAL_MINUTES = 20;

/** What an author says of a new lab. */
export interface AskedLab {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
}

/** "front-door" as a title: "Front door". */
export function titleFrom(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Asks for what is not given, each until there is nothing to say against the answer. */
export async function askForLab(
  given: { readonly slug: string | undefined; readonly title: string | undefined },
  streams: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
): Promise<AskedLab> {
  const lines = createInterface(streams);
  // Lines are taken one by one as they are wanted, so that what is typed ahead or pasted is not lost.
  const typed = lines[Symbol.asyncIterator]();
  const ask = (question: string, against?: Against) =>
    untilRight({ lines, typed, output: streams.output }, question, against);
  try {
    const slug = given.slug ?? (await ask('Name of its folder (my-lab): ', aSlug));
    const title = given.title ?? (await ask(`Title (${titleFrom(slug)}): `));
    const summary = await ask('What it is about, in a sentence: ');
    const minutes = await ask(`Minutes it takes (${USUAL_MINUTES}): `, aNumber);
    return {
      slug,
      title: title || titleFrom(slug),
      summary: summary || NO_SUMMARY,
      minutes: Number(minutes) || USUAL_MINUTES,
    };
  } finally {
    lines.close();
  }
}

/** What is to be said against an answer; undefined when it is right. */
type Against = (answer: string) => string | undefined;

const aSlug: Against = (answer) =>
  SLUG.test(answer) ? undefined : 'Lower-case words joined by hyphens, please.';
const aNumber: Against = (answer) => (/^([1-9]\d*)?$/.test(answer) ? undefined : 'A whole number, please.');

interface Talk {
  readonly lines: Interface;
  readonly typed: AsyncIterator<string>;
  readonly output: NodeJS.WritableStream;
}

async function untilRight(
  { lines, typed, output }: Talk,
  question: string,
  against?: Against,
): Promise<string> {
  for (;;) {
    lines.setPrompt(question);
    lines.prompt();
    const { value, done } = await typed.next();
    if (done)
      throw new LabError('lab new', undefined, 'the questions were not answered; nothing was written');
    const answer = String(value).trim();
    const complaint = against?.(answer);
    if (complaint === undefined) return answer;
    output.write(`${complaint}\n`);
  }
}
