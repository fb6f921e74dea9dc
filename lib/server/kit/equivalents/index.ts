import type { Lab, Solution } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { describe, firstWrong, gradeState, play } from '../play';
import { type ScriptPart, scriptOf, scriptParts } from '../script-parts';
import { asCommands, writtenTo } from './as-commands';
import { asManifest } from './as-manifests';
import { withOtherPorts } from './ports';
import { renamed } from './rename';
import { reordered } from './reorder';

/** A solution written otherwise. */
interface Equivalent {
  /** "commands: objects by manifest". */
  readonly name: string;
  readonly script: string;
}

/** How the equivalents of all solutions fared. */
export interface EquivalentReport {
  readonly passed: readonly string[];
  /** Explained in the folder: it is no right answer here. */
  readonly excused: readonly string[];
  readonly failures: readonly string[];
}

/** What a solution may be written as just as well, rewrite by rewrite; those that change nothing are left out. */
function equivalentsOf(
  { name, script }: Solution,
  lab: Lab,
  start: Workspace,
  solved: Workspace,
): readonly Equivalent[] {
  const parts = scriptParts(script);
  const plain = scriptOf(parts);
  const rewrites: Readonly<Record<string, string | undefined>> = {
    'objects by manifest': scriptOf(parts.map(asManifest)),
    'objects by command': asCommands(parts, start),
    'other order': scriptOf(parts.map((part) => (isText(part, parts) ? part : reordered(part)))),
    'other names': renamed(parts, lab),
    'other ports': scriptOf(parts.map((part) => (isText(part, parts) ? part : withOtherPorts(part, solved)))),
  };
  return Object.entries(rewrites).flatMap(([what, text]) =>
    text === undefined || text === plain ? [] : [{ name: `${name}: ${what}`, script: text }],
  );
}

/** Whether a file is read by other programs than kubectl, to which its lines matter and not only what they mean. */
function isText(part: ScriptPart, parts: readonly ScriptPart[]): boolean {
  const file = writtenTo(part);
  if (file === undefined || file === '-') return false;
  return parts.some(
    (other) => other !== part && other.command.includes(file) && !/^kubectl [^|;&]*$/.test(other.command),
  );
}

/** Each solution, written otherwise, passes as well. */
export async function gateEquivalents(lab: Lab, start: Workspace): Promise<EquivalentReport> {
  const report = { passed: [] as string[], excused: [] as string[], failures: [] as string[] };
  const used = new Set<string>();
  for (const solution of lab.solutions) {
    const { workspace: solved, complaint } = await play(start, solution.script);
    // A solution that does not run is told by its own gate.
    if (complaint !== undefined) continue;
    for (const { name, script } of equivalentsOf(solution, lab, start, solved)) {
      const wrong = await wrongWith(lab, start, script);
      const excuse = lab.unequal.find((each) => each.rewrite === name);
      if (wrong === undefined) report.passed.push(name);
      else if (excuse) {
        used.add(excuse.rewrite);
        report.excused.push(name);
      } else
        report.failures.push(
          `solution ${name} should pass as well, but ${wrong} (when that is right, say why in private/unequal.yaml)\n${script.trimEnd()}`,
        );
    }
  }
  for (const { rewrite } of lab.unequal)
    if (!used.has(rewrite))
      report.failures.push(`private/unequal.yaml excuses "${rewrite}", which passes or is not tried`);
  return report;
}

async function wrongWith(lab: Lab, start: Workspace, script: string): Promise<string | undefined> {
  const { workspace, complaint } = await play(start, script);
  if (complaint !== undefined) return complaint;
  const wrong = firstWrong(await gradeState(workspace, lab));
  return wrong && describe(wrong);
}
