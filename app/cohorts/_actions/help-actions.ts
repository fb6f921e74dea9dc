'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { cohorts, somebody } from '../../../lib/server';
import { answerForm, type FormState, field, fields } from './form-state';

/** Writes a hint for a group of the board. */
export async function writeHint(
  id: string,
  assignmentId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(async () => {
    await cohorts().writeHint(
      await somebody(),
      id,
      assignmentId,
      fields(form, 'task', 'check', 'says', 'text'),
    );
    return 'Sent.';
  });
}

/** Takes a hint back. */
export async function withdrawHint(id: string, hintId: string): Promise<FormState> {
  return answerForm(async () => {
    await cohorts().withdrawHint(await somebody(), id, hintId);
    return 'Taken back.';
  });
}

/** Takes up a raised hand, or settles it. */
export async function answerHand(id: string, handId: string, what: 'claim' | 'resolve'): Promise<FormState> {
  const state = await answerForm(async () => {
    await cohorts()[what](await somebody(), id, handId);
    return what === 'claim' ? 'Yours now.' : 'Settled.';
  });
  revalidatePath(`/cohorts/${id}/help`);
  return state;
}

/** Opens a fork of a learner's work at a moment and goes to it. */
export async function openFork(
  id: string,
  workspaceId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const seq = field(form, 'seq');
  let href = '';
  const state = await answerForm(async () => {
    href = await cohorts().fork(await somebody(), id, workspaceId, seq === '' ? undefined : Number(seq));
    return '';
  });
  if (state.error !== undefined) return state;
  redirect(href);
}

/** Sends a note, files of a fork, a manifest or a trace to a learner. */
export async function sendReply(
  id: string,
  workspaceId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(async () => {
    await cohorts().reply(await somebody(), id, workspaceId, {
      ...fields(form, 'text', 'fork', 'manifest', 'traceHost'),
      tracePort: field(form, 'tracePort') || '80',
      files: form.getAll('file').filter((file) => typeof file === 'string'),
      apply: form.get('apply') !== null,
    });
    return 'Sent; it is on their lab page now.';
  });
}

/** Asks to watch a terminal, or stops. */
export async function setFollowing(id: string, workspaceId: string, wanted: boolean): Promise<FormState> {
  const state = await answerForm(async () => {
    const asker = await somebody();
    if (wanted) await cohorts().askToFollow(asker, id, workspaceId);
    else await cohorts().stopFollowing(asker, id, workspaceId);
    return wanted ? 'Asked.' : '';
  });
  revalidatePath(`/cohorts/${id}/work/${workspaceId}`);
  return state;
}
