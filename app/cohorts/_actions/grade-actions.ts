'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { cohorts, type Guest, somebody } from '../../../lib/server';
import { answerForm, type FormState, field, fields } from './form-state';

/** Does something to a gradebook; every page of the cohort shows it then. */
async function graded(
  id: string,
  work: (asker: Guest) => Promise<unknown>,
  done: string,
): Promise<FormState> {
  const state = await answerForm(async () => {
    await work(await somebody());
    return done;
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** Sets points by hand. */
export async function overridePoints(
  id: string,
  work: string,
  user: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const given = fields(form, 'points', 'reason');
  const done = given.points.trim() === '' ? 'The grader’s points count again.' : 'Set.';
  return graded(id, (asker) => cohorts().overridePoints(asker, id, work, user, given), done);
}

/** Gives a learner a deadline of their own. */
export async function extendDeadline(
  id: string,
  work: string,
  user: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const given = fields(form, 'due', 'reason');
  return graded(id, (asker) => cohorts().extendDeadline(asker, id, work, user, given), 'Stored.');
}

/** Comments on a result. */
export async function comment(
  id: string,
  work: string,
  user: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return graded(id, (asker) => cohorts().comment(asker, id, work, user, field(form, 'text')), 'Sent.');
}

/** Judges every attempt of an assignment again. */
export async function startRegrade(id: string, work: string): Promise<FormState> {
  return graded(id, (asker) => cohorts().startRegrade(asker, id, work), 'Begun.');
}

/** Puts a regrade's verdicts in the place of the old ones. */
export async function applyRegrade(id: string, regrade: string, which: 'all' | 'upward'): Promise<FormState> {
  return graded(id, (asker) => cohorts().applyRegrade(asker, id, regrade, which), 'Applied.');
}

/** Removes a person and their work from a cohort. */
export async function deletePerson(
  id: string,
  user: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const confirmed = field(form, 'confirmed');
  const state = await graded(id, (asker) => cohorts().deletePerson(asker, id, user, confirmed), '');
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${id}/people`);
}

/** Removes a cohort and everything in it. */
export async function deleteCohort(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const confirmed = field(form, 'confirmed');
  const state = await graded(id, (asker) => cohorts().deleteCohort(asker, id, confirmed), '');
  if (state.error !== undefined) return state;
  redirect('/cohorts');
}
