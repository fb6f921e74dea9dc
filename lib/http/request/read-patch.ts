import { badRequest, type PatchType, requestEntityTooLarge, type WriteOptions } from '../../api';
import { asWarnings, type ParsedText, parseJson, parseYaml, YamlSyntaxError } from './parse-text';
import { readBytes } from './read-bytes';
import { JsonSyntaxError } from './scan-json';

/** More operations than this are not even looked at (handlers' maxJSONPatchOperations). */
const MAX_OPERATIONS = 10_000;

/** The body of a patch, refused in the words of whatever reads that type of patch. */
export async function readPatch(
  request: Request,
  type: PatchType,
  validation: WriteOptions['fieldValidation'],
): Promise<ParsedText> {
  const text = new TextDecoder().decode(await readBytes(request));
  if (type === 'apply') return readApplied(text, validation);
  const { value, strictErrors } = parse(type, text, validation);
  if (type !== 'json') return { value, strictErrors };
  if (Array.isArray(value) && value.length > MAX_OPERATIONS) {
    throw requestEntityTooLarge(
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${value.length}`,
    );
  }
  return { value, strictErrors: strictErrors.map((each) => `json patch ${each}`) };
}

function parse(type: PatchType, text: string, validation: WriteOptions['fieldValidation']): ParsedText {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const isLoose = validation === 'Ignore';
    if (type === 'strategic' || (type === 'json' && isLoose)) throw badRequest(error.message);
    throw badRequest(isLoose ? 'Invalid JSON Patch' : `error decoding patch: ${error.message}`);
  }
}

/** Fields that an applied text names twice are the text's fault, whatever they are. */
function readApplied(text: string, validation: WriteOptions['fieldValidation']): ParsedText {
  const { value, strictErrors } = parseApplied(text);
  const [problem] = strictErrors;
  if (problem !== undefined && validation === 'Strict')
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${problem}`);
  return { value, strictErrors: asWarnings(strictErrors) };
}

function parseApplied(text: string): ParsedText {
  try {
    // Most of what is applied is JSON, which is read much faster.
    const parsed = parseJson(text);
    if (parsed.strictErrors.length === 0) return parsed;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`);
  }
}
