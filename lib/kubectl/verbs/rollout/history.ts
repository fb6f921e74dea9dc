import { alignTabs } from '../../../base';
import { int, text } from '../../flags';
import { rolloutHistoryManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { type LoadedInfo, objectName, visitTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';
import { kindText, needsResource, type Past, pastOf, templateText } from './past';

/** `kubectl rollout history`. */
export const rolloutHistory: Command<ParsedArgs> = {
  ...rolloutHistoryManual,
  options: (args) =>
    int(args, 'revision', 0) < 0
      ? fail(`revision must be a positive integer: ${int(args, 'revision', 0)}`)
      : needsResource(args),
  async run(args, env) {
    const session = openSession(args, env);
    await visitTargets(session, { words: args.positional, allowEmptySelector: true, latest: true }, (info) =>
      showHistory(session, info),
    );
    return 0;
  },
};

async function showHistory(session: Session, info: LoadedInfo): Promise<void> {
  const revisions = await pastOf(session, info);
  if (revisions === undefined) throw fail(`no history viewer has been implemented for "${kindText(info)}"`);
  const revision = int(session.args, 'revision', 0);
  const chosen = revisions.get(revision);
  if (revision > 0 && !chosen) throw fail('unable to find the specified revision');
  if (text(session.args, 'output') !== '') {
    const pasts: readonly Past[] = chosen ? [chosen] : [...revisions.values()];
    for (const { object } of pasts) await session.out(objectPrinter(session, { typed: true })(object));
    return;
  }
  const title = objectName(info.resource, info.name);
  if (chosen) {
    await session.out(`${title} with revision #${revision}\n${templateText(chosen, chosen.cause)}\n`);
    return;
  }
  const rows = [...revisions].map(([number, { cause }]) => `${number}\t${cause || '<none>'}\n`);
  const table = alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, { minWidth: 0, padding: 2 });
  await session.out(`${title} \n${rows.length === 0 ? 'No rollout history found.' : table}\n`);
}
