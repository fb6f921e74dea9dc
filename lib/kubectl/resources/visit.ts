import { asFailure, type Session, throwAll } from '../session';
import type { LoadedInfo } from './info';
import { type Loaded, type LoadRules, loadTargets } from './load';
import { findTargets, type TargetRules } from './targets';

/** Does something with each loaded object, going on past failures; throws them all at the end. */
export async function visitLoaded(loaded: Loaded, work: (info: LoadedInfo) => Promise<void>): Promise<void> {
  const errors = [...loaded.errors];
  for (const info of loaded.infos) {
    try {
      await work(info);
    } catch (error) {
      errors.push(asFailure(error));
    }
  }
  throwAll(errors);
}

/** Finds, loads and visits what a command line names; tells how many there were and whether one was meant. */
export async function visitTargets(
  session: Session,
  rules: TargetRules & LoadRules,
  work: (info: LoadedInfo, single: boolean) => Promise<void>,
): Promise<number> {
  const targets = await findTargets(session, rules);
  const loaded = await loadTargets(session, targets, { continueOnError: true, ...rules });
  await visitLoaded(loaded, (info) => work(info, targets.singleItemImplied));
  return loaded.infos.length;
}
