import type { KubeObject, Stored } from '../../../api';

/** One small spoiling of a solved state. */
export interface Mutant {
  /** "services/web-service: selector off": what `private/survivors.yaml` names. */
  readonly name: string;
  /** The object as it shall be; undefined to remove it. */
  readonly becomes: KubeObject | undefined;
  readonly of: Stored;
  /** Deleted and made anew, so that no part of the old one lives on. */
  readonly anew?: boolean | undefined;
}

/** JSON with everything changeable, for mutations. */
export type Loose = { [key: string]: Loose } & Loose[];

/** A change of a deep copy; `false` when there is nothing to change. */
export type Spoil = (object: Loose) => unknown;

/** A changed copy of an object; undefined when the change found nothing to do. */
export function spoilt(object: Stored, change: Spoil): KubeObject | undefined {
  const copy: unknown = structuredClone(object);
  if (change(copy as Loose) === false) return undefined;
  return JSON.stringify(copy) === JSON.stringify(object) ? undefined : (copy as KubeObject);
}

/** A table of named changes as mutants of one object. */
export function mutantsBy(
  of: Stored,
  label: string,
  changes: Readonly<Record<string, Spoil>>,
  anew = false,
): Mutant[] {
  return Object.entries(changes).flatMap(([what, change]) => {
    const becomes = spoilt(of, change);
    return becomes ? [{ name: `${label}: ${what}`, becomes, of, anew }] : [];
  });
}

/** Sets a field; as an expression, for one-line changes. */
export function put(holder: Record<string, unknown>, key: string, value: unknown): true {
  holder[key] = value;
  return true;
}
