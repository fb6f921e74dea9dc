import { badRequest, type KindSpec, type KubeObject } from '../../api';

/** Whether an object is meant by a field selector. */
export type FieldMatch = (object: KubeObject) => boolean;

const ALWAYS: FieldMatch = () => true;

/** A field selector as the query parameter spells it (fields.ParseSelector); throws 400 in upstream's words. */
export function parseFieldSelector(text: string | undefined, kind: KindSpec): FieldMatch {
  if (text === undefined || text === '') return ALWAYS;
  const terms = splitTerms(text).map((term) => parseTerm(term, text, kind));
  return (object) => terms.every((term) => term(object));
}

function splitTerms(text: string): readonly string[] {
  return text.split(/(?<!\\),/).filter((term) => term !== '');
}

function parseTerm(term: string, whole: string, kind: KindSpec): FieldMatch {
  const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
  if (!match) throw badRequest(`invalid selector: '${whole}'; can't understand '${term}'`);
  const [, name = '', operator = '=', rawValue = ''] = match;
  const read = readerOf(name, kind);
  const value = rawValue.replace(/\\([\\,=])/g, '$1');
  return operator === '!=' ? (object) => read(object) !== value : (object) => read(object) === value;
}

function readerOf(name: string, kind: KindSpec): (object: KubeObject) => string {
  if (name === 'metadata.name') return (object) => object.metadata.name ?? '';
  if (name === 'metadata.namespace') return (object) => object.metadata.namespace ?? '';
  const own = kind.selectableFields ?? {};
  const read = Object.hasOwn(own, name) ? own[name] : undefined;
  if (read) return read;
  throw badRequest(
    Object.keys(own).length > 0
      ? `field label not supported: ${name}`
      : `${JSON.stringify(name)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}
