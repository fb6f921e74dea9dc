import { goJson, printYaml } from '../../base';
import { bool, text } from '../flags';
import { applyViewLastAppliedManual } from '../manual';
import { findTargets, loadTargets } from '../resources';
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
      if (!applied) throw fail(`no last-applied-configuration annotation found on resource: ${info.name}`);
      await session.out(output === 'yaml' ? printYaml(applied) : `${goJson(applied, '  ')}\n`);
    }
    return 0;
  },
};
