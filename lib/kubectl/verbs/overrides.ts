import { isRecord, jsonPatch, mergePatch, PatchError, readYaml } from '../../base';
import { text } from '../flags';
import { mergeLocally, schemaOf } from '../patch';
import { fail, type Session } from '../session';

/** `--overrides` and `--override-type` on a generated object. */
export function applyOverrides(session: Session, object: unknown): unknown {
  const overrides = text(session.args, 'overrides');
  if (overrides === '') return object;
  const read = readYaml(overrides);
  if ('error' in read) throw fail('Invalid JSON Patch');
  const type = text(session.args, 'override-type', 'merge');
  if (type === 'json') {
    try {
      return jsonPatch(object, read.value);
    } catch (error) {
      if (error instanceof PatchError) throw fail(error.message);
      throw error;
    }
  }
  if (type === 'strategic' && isRecord(object) && isRecord(read.value)) {
    return mergeLocally(object, read.value, schemaOf(object as never));
  }
  if (type !== 'merge' && type !== 'strategic') throw fail(`invalid override type: ${type}`);
  return mergePatch(object, read.value);
}
