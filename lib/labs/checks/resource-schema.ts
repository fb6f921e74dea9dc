import { z } from 'zod';
import { findByResourceKey, kinds, resourceKey } from '../../api';

/** A resource by its plural, with its group where it has one: "services", "deployments.apps". */
export const resourceSchema = z.string().superRefine((name, context) => {
  if (findByResourceKey(name) === undefined) context.addIssue({ code: 'custom', message: unknown(name) });
});

function unknown(name: string): string {
  const meant = kinds.find(({ kind, plural, singular, shortNames }) =>
    [kind.toLowerCase(), plural, singular, ...shortNames].includes(name.toLowerCase()),
  );
  const hint =
    meant === undefined
      ? 'write its plural, and its group: deployments.apps'
      : `write "${resourceKey(meant)}"`;
  return `"${name}" is no resource that the API serves; ${hint}`;
}
