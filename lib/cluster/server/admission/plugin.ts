import { forbidden, type KubeObject, type StatusError, type Stored } from '../../../api';
import type { Request } from '../context';

/** One write as admission plugins see it (admission.Attributes). */
export interface Attributes extends Request {
  readonly operation: 'CREATE' | 'UPDATE';
  /** '' for the object itself. */
  readonly subresource: string;
  /** The object as it was; undefined on create. */
  readonly old: Stored | undefined;
}

/** One admission plugin: `admit` may change an object before it is validated, `validate` may only refuse it or warn. */
export interface Plugin {
  readonly name: string;
  admit?(attributes: Attributes, object: KubeObject): KubeObject;
  /** Runs on the object as it will be stored; what it returns are warnings. */
  validate?(attributes: Attributes, object: KubeObject): readonly string[];
}

/** Whether the write is about the objects of a resource themselves, not a part of them. */
export function isAbout({ kind, subresource }: Attributes, group: string, plural: string): boolean {
  return subresource === '' && kind.group === group && kind.plural === plural;
}

const GENERATED_LETTERS = 5;

/**
 * The name by which a refusal calls an object that is still to be named: generateName. Controllers here draw the
 * letters themselves, so a name that could have been drawn counts as one.
 */
function nameBeforeStorage({ metadata }: KubeObject): string {
  const { name = '', generateName = '' } = metadata;
  const drawn =
    generateName !== '' &&
    name.startsWith(generateName) &&
    name.length === generateName.length + GENERATED_LETTERS;
  return name === '' || drawn ? generateName : name;
}

/** admission.NewForbidden of a plugin's `admit`, which runs before names are generated. */
export function refuseEarly({ kind }: Request, object: KubeObject, why: string): StatusError {
  return forbidden(kind.plural, kind.group, nameBeforeStorage(object) || 'Unknown', why);
}

/** admission.NewForbidden of a plugin's `validate`. */
export function refuse({ kind }: Request, object: KubeObject, why: string): StatusError {
  return forbidden(kind.plural, kind.group, object.metadata.name || 'Unknown', why);
}

/** utilerrors.Aggregate: one message as it is, several in brackets, each once. */
export function aggregate(messages: readonly string[]): string {
  const unique = [...new Set(messages)];
  return unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`;
}
