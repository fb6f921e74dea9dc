import { deepEqual, goJson } from '../../base';
import { bool } from '../flags';
import { applySetLastAppliedManual } from '../manual';
import { objectPrinter } from '../printers';
import { fetchInfo, findTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, throwAll, writeOptions } from '../session';
import { LAST_APPLIED } from './last-applied';

/** `kubectl apply set-last-applied`: says that a file is what was applied, without applying it. */
export const setLastApplied: Command<ParsedArgs> = {
  ...applySetLastAppliedManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, { words: [], labelSelector: '' });
    throwAll(targets.errors);
    for (const info of targets.infos) {
      if (!info.object) continue;
      const live = await fetchInfo(session, info);
      const before = live.metadata.annotations?.[LAST_APPLIED];
      if (before === undefined && !bool(args, 'create-annotation')) {
        throw fail(
          `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      // As the file has it: unlike apply, this adds no empty map of annotations.
      const wanted = `${goJson(info.object)}\n`;
      if (before !== undefined && isSameJson(before, wanted)) {
        await session.out(`set-last-applied ${info.name}: no changes required.\n`);
        continue;
      }
      const patch = { metadata: { annotations: { [LAST_APPLIED]: wanted } } };
      const print = objectPrinter(session, { operation: 'configured' });
      if (session.dryRun === 'client') {
        await session.out(print(live));
        continue;
      }
      const answer = await session.client.patch(
        info.resource,
        info.namespace,
        info.name,
        'merge',
        patch,
        writeOptions(session, 'kubectl-last-applied'),
      );
      await session.out(print(await session.heed(answer)));
    }
    return 0;
  },
};

/** Two texts of JSON compare by what they say (cmdutil.StripComments). */
function isSameJson(one: string, other: string): boolean {
  return deepEqual(JSON.parse(one), JSON.parse(other));
}
