import { goJson, goJsonString, printYaml } from '../../base';
import { bool, text } from '../flags';
import { applyViewLastAppliedManual } from '../manual';
import { findTargets, type Info, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, throwAll } from '../session';
import { lastApplied } from './last-applied';

/** `kubectl apply view-last-applied`. */
export const viewLastApplied: Command<ParsedArgs> = {
  ...applyViewLastAppliedManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const output = text(args, 'output', 'yaml');
    if (output !== 'yaml' && output !== 'json') {
      throw fail(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
    }
    const targets = await findTargets(session, { words: args.positional, all: bool(args, 'all') });
    const loaded = await loadTargets(session, targets, { latest: true });
    throwAll(loaded.errors);
    for (const info of loaded.infos) {
      const applied = lastApplied(info.object);
      if (applied) await session.out(shown(applied, output));
      // Upstream says it of a file alone: by name there is no source to add to the error, and without one there is no error.
      else if (info.source !== '') throw fail(missing(info));
    }
    return 0;
  },
};

const shown = (applied: unknown, output: string): string =>
  output === 'yaml' ? printYaml(applied) : `${goJson(applied, '  ')}\n`;

/** AddSourceToErr, given the sentence for a verb and no error. */
const missing = ({ name, source }: Info): string =>
  `error when no last-applied-configuration annotation found on resource: ${name}\n ${goJsonString(source)}: <nil>`;
