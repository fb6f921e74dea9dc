import { AppError } from '../../../lib/server';

/** What a form shows after it was sent: what went wrong, or what was done. */
export interface FormState {
  readonly error?: string;
  readonly done?: string;
}

/** A form's action: what it was before, and what is sent. */
export type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** Does `work`; what is refused is told beside the form, with what was typed still in it. */
export async function answerForm(work: () => Promise<string>): Promise<FormState> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error: error.message };
  }
}

/** A field's text; nothing when it is missing. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Several fields at once. */
export const fields = <K extends string>(form: FormData, ...names: readonly K[]): Record<K, string> =>
  Object.fromEntries(names.map((name) => [name, field(form, name)])) as Record<K, string>;
