import { isRecord, readYaml } from '../../base';
import { scanJson } from './scan-json';

/** A body's text as a value, and the fields that it names more than once, as strict decoding complains of them. */
export interface ParsedText {
  readonly value: unknown;
  readonly strictErrors: readonly string[];
}

/** Reads JSON; throws `JsonSyntaxError` in Go's words. */
export function parseJson(text: string): ParsedText {
  const duplicates = scanJson(text);
  return { value: wellFormed(text, JSON.parse(text)), strictErrors: duplicates.map(duplicateField) };
}

const SURROGATE = /\p{Surrogate}/gu;

/** Half of an escaped surrogate pair is no character: Go puts U+FFFD in its place, in names of fields, too. */
function wellFormed(text: string, value: unknown): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return value;
  return JSON.parse(JSON.stringify(value, wellFormedPart));
}

function wellFormedPart(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.replace(SURROGATE, '\ufffd');
  if (!isRecord(value) || !Object.keys(value).some((key) => key.search(SURROGATE) >= 0)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(SURROGATE, '\ufffd'), each]),
  );
}

const duplicateField = (field: string): string => `duplicate field ${JSON.stringify(field)}`;

/** A text that is no YAML; `message` is go-yaml's ("yaml: line 4: …"). */
export class YamlSyntaxError extends Error {
  override name = 'YamlSyntaxError';
}

/** Reads YAML, of which JSON is a part; throws `YamlSyntaxError`. */
export function parseYaml(text: string): ParsedText {
  const read = readYaml(text);
  if ('error' in read) throw new YamlSyntaxError(read.error);
  const lines = read.duplicates.map(
    ({ line, key }) => `  line ${line}: key ${JSON.stringify(key)} already set in map`,
  );
  return {
    value: read.value,
    strictErrors: lines.length === 0 ? [] : [YAML_ERRORS + lines.join('\n')],
  };
}

/** The same complaints one by one, as warnings tell them (handlers' parseYAMLWarnings). */
export function asWarnings(strictErrors: readonly string[]): readonly string[] {
  return strictErrors.flatMap((each) =>
    each.startsWith(YAML_ERRORS)
      ? each
          .slice(YAML_ERRORS.length)
          .split('\n')
          .map((line) => line.trim())
      : [each],
  );
}

const YAML_ERRORS = 'yaml: unmarshal errors:\n';
