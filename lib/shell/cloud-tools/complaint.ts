/** How the AWS command line ends when a line makes no sense to it, and when a service refuses. */
const PARAMETERS_STATUS = 252;
const SERVICE_STATUS = 254;
const GENERAL_STATUS = 255;

const USAGE = `
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** The AWS command line gives up: `text` is what stderr shows. */
export class Complaint extends Error {
  override name = 'Complaint';
  readonly status: number;
  constructor(text: string, status: number) {
    super(text);
    this.status = status;
  }
}

/** A line that is not understood; its text and how `aws` is used. */
export function misused(message: string): Complaint {
  return new Complaint(
    `\naws: [ERROR]: An error occurred (ParamValidation): ${message}\n\n${USAGE}`,
    PARAMETERS_STATUS,
  );
}

/** A parameter or query that is not understood. */
export function invalid(message: string): Complaint {
  return new Complaint(
    `\naws: [ERROR]: An error occurred (ParamValidation): ${message}\n`,
    PARAMETERS_STATUS,
  );
}

/** A service's refusal. */
export function refused(code: string, operation: string, message: string): Complaint {
  return new Complaint(
    `\naws: [ERROR]: An error occurred (${code}) when calling the ${operation} operation: ${message}\n`,
    SERVICE_STATUS,
  );
}

/** Anything else. */
export function failed(message: string): Complaint {
  return new Complaint(`\naws: [ERROR]: ${message}\n`, GENERAL_STATUS);
}

/** argparse's word for a choice that is none, with those that come near (difflib, cut off at 0.8). */
export function noChoice(what: string, typed: string, choices: readonly string[]): Complaint {
  const near = choices
    .map((choice) => ({ choice, likeness: likeness(typed, choice) }))
    .filter((each) => each.likeness >= 0.8)
    .toSorted((left, right) => right.likeness - left.likeness)
    .slice(0, 3);
  const hint =
    near.length === 0 ? '' : `, maybe you meant:\n\n${near.map(({ choice }) => `  * ${choice}`).join('\n')}`;
  return misused(`argument ${what}: Found invalid choice '${typed}'${hint}`);
}

/** How alike two words are, from 0 to 1: twice their longest common subsequence over both lengths. */
function likeness(left: string, right: string): number {
  let row: readonly number[] = Array.from({ length: right.length + 1 }, () => 0);
  for (const letter of left) {
    const next = [0];
    for (let at = 1; at <= right.length; at += 1)
      next.push(
        right[at - 1] === letter ? (row[at - 1] ?? 0) + 1 : Math.max(row[at] ?? 0, next[at - 1] ?? 0),
      );
    row = next;
  }
  return (2 * (row.at(-1) ?? 0)) / Math.max(1, left.length + right.length);
}
