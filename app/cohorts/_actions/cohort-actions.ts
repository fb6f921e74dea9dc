'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { cohorts, type Role, requirePerson, somebody } from '../../../lib/server';
import { answerForm, type FormState, field, fields } from './form-state';

const COHORT = ['name', 'timeZone', 'starts', 'ends', 'hints', 'solutions'] as const;
const WORK = ['opens', 'due', 'points', 'late', 'percent', 'atLeast'] as const;

/** Makes a cohort and goes to it. */
export async function createCohort(_before: FormState, form: FormData): Promise<FormState> {
  let id = '';
  const state = await answerForm(async () => {
    id = await cohorts().create(
      await requirePerson('cohort.create'),
      fields(form, ...COHORT),
      field(form, 'instructor'),
    );
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${id}`);
}

/** Stores a cohort's settings. */
export async function editCohort(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts().edit(await somebody(), id, fields(form, ...COHORT));
    return 'Stored.';
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** Archives a cohort, or opens it again. */
export async function archiveCohort(id: string, archived: boolean): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts().archive(await somebody(), id, archived);
    return archived ? 'Archived.' : 'Open again.';
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** Makes the next term's cohort and goes to it. */
export async function copyCohort(id: string, _before: FormState, form: FormData): Promise<FormState> {
  let copy = '';
  const state = await answerForm(async () => {
    copy = await cohorts().copy(await somebody(), id, field(form, 'name'), Number(field(form, 'days')) || 0);
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${copy}`);
}

/** Joins by a code and goes to the cohort. */
export async function joinCohort(code: string, _before: FormState, form: FormData): Promise<FormState> {
  let id = '';
  const state = await answerForm(async () => {
    id = await cohorts().join(await requirePerson('cohort.join'), code, field(form, 'name'));
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${id}`);
}

/** Goes to the invitation that a typed code leads to. */
export async function findCode(_before: FormState, form: FormData): Promise<FormState> {
  const code = field(form, 'code').trim();
  if (code === '') return { error: 'Type the code that your instructor gave you.' };
  redirect(`/join/${encodeURIComponent(code)}`);
}

/** Adds a roster's people: a file when one was chosen, else what was pasted. */
export async function importRoster(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const file = form.get('file');
  const text = file instanceof File && file.size > 0 ? await file.text() : field(form, 'roster');
  const state = await answerForm(async () => {
    const count = await cohorts().importRoster(await somebody(), id, text);
    if (count === 0) return 'Everybody on it was there already.';
    return `${count} ${count === 1 ? 'person' : 'people'} added.`;
  });
  revalidatePath(`/cohorts/${id}/people`);
  return state;
}

/** Gives a member another role, or takes somebody off the cohort. */
export async function changePerson(
  id: string,
  userId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const to = field(form, 'to');
  const state = await answerForm(async () => {
    const asker = await somebody();
    if (to === 'remove') await cohorts().removePerson(asker, id, userId);
    else await cohorts().changeRole(asker, id, userId, to as Role);
    return to === 'remove' ? 'Taken off.' : 'Changed.';
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** A new class code. */
export async function renewCode(id: string): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts().renewCode(await somebody(), id);
    return 'The code is new; the one before leads nowhere now.';
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** Gives labs to a cohort, all with the same dates and points. */
export async function assignLabs(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const labs = form.getAll('lab').filter((lab) => typeof lab === 'string');
  if (labs.length === 0) return { error: 'Choose at least one lab.' };
  const state = await answerForm(async () => {
    const asker = await somebody();
    for (const lab of labs) await cohorts().assign(asker, id, lab, fields(form, ...WORK));
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${id}`);
}

/** Stores an assignment's dates, points and late rule. */
export async function editAssignment(
  id: string,
  assignmentId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts().editAssignment(await somebody(), id, assignmentId, fields(form, ...WORK));
    return 'Stored.';
  });
  revalidatePath(`/cohorts/${id}`, 'layout');
  return state;
}

/** Takes an assignment away. */
export async function removeAssignment(id: string, assignmentId: string): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts().removeAssignment(await somebody(), id, assignmentId);
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(`/cohorts/${id}`);
}
