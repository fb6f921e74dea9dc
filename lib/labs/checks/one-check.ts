import { z } from 'zod';
import type { Json } from '../../api';
import type { CheckKind } from './check-kind';

/** Beside its type, a check has a name (where it stands in a task). */
export interface ReadCheck {
  readonly name?: string | undefined;
  readonly type: string;
  readonly fields: Json;
}

/** The schema of `{ <type>: {…} }` with exactly one of the types, and of `{ name, <type>: {…} }` when named. */
export function oneCheckSchema(kinds: readonly CheckKind[], named: boolean) {
  const types = kinds.map((kind) => kind.type);
  const fields = Object.fromEntries(kinds.map((kind) => [kind.type, kind.schema.optional()]));
  const name = z
    .string({ error: 'is missing; every check needs a name, such as right-pods' })
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
  return z
    .strictObject({ ...(named ? { name } : {}), ...fields })
    .refine((check) => types.filter((type) => present(check, type)).length === 1, {
      error: `needs exactly one of ${types.join(', ')}`,
    });
}

const present = (check: object, type: string): boolean =>
  (check as Readonly<Record<string, unknown>>)[type] !== undefined;

/** The type and fields of what `oneCheckSchema` let pass. */
export function readCheck(check: object): ReadCheck {
  const { name, ...rest } = check as { name?: string } & Readonly<Record<string, Json | undefined>>;
  for (const [type, fields] of Object.entries(rest)) if (fields !== undefined) return { name, type, fields };
  return { name, type: '', fields: null };
}
