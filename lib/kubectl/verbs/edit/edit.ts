import type { KubeObject } from '../../../api';
import { goJson } from '../../../base';
import { bool, list, text } from '../../flags';
import { editManual } from '../../manual';
import { schemaOf, threeWayPatch } from '../../patch';
import { objectPrinter } from '../../printers';
import { findTargets, type LoadedInfo, loadTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, throwAll, writeOptions } from '../../session';
import { withLastApplied } from '../last-applied';
import { fieldValidation } from '../validation';
import { editEach } from './edit-objects';
import { type EditResults, refusalOf } from './edit-results';

/** `kubectl edit`. */
export const edit: Command<ParsedArgs> = {
  ...editManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const validation = fieldValidation(args);
    const subresource = text(args, 'subresource');
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: list(args, 'filename').length === 0,
      labelSelector: '',
    });
    const loaded = await loadTargets(session, targets, {
      latest: true,
      continueOnError: true,
      ...(subresource === '' ? {} : { subresource }),
    });
    throwAll(loaded.errors);
    if (loaded.infos.length === 0) throw fail('edit cancelled, no objects found');
    return editEach(session, loaded.infos, 'object', (edited, results) =>
      patchOne(session, loaded.infos, edited, results, validation),
    );
  },
};

/** Sends the difference between an object and its edited text; what the server has against it is noted. */
async function patchOne(
  session: Session,
  originals: readonly LoadedInfo[],
  edited: LoadedInfo,
  results: EditResults,
  validation: ReturnType<typeof fieldValidation>,
): Promise<void> {
  const original = originals.find((each) => each.object.metadata.uid === edited.object.metadata.uid);
  if (original === undefined) throw fail(`no original object found for ${goJson(edited.object)}`);
  const { resource, name, namespace } = original;
  // Managed fields are not shown, and stay as they are.
  const { managedFields } = original.object.metadata as { managedFields?: unknown };
  const metadata = {
    ...edited.object.metadata,
    ...(managedFields === undefined ? {} : { managedFields }),
  };
  const given = { ...edited.object, metadata } as KubeObject;
  const object = bool(session.args, 'save-config') ? withLastApplied(given) : given;
  if (goJson(object) === goJson(original.object)) {
    await session.out(objectPrinter(session, { operation: 'skipped' })(object));
    return;
  }
  const changed = (field: 'apiVersion' | 'kind') => object[field] !== original.object[field];
  if (changed('apiVersion') || changed('kind') || object.metadata.name !== name)
    throw fail('At least one of apiVersion, kind and name was changed');
  const before = original.object as unknown as Readonly<Record<string, unknown>>;
  const after = object as unknown as Readonly<Record<string, unknown>>;
  const patch = threeWayPatch(before, after, before, schemaOf(original.object));
  if (bool(session.args, 'output-patch')) await session.out(`Patch: ${goJson(patch)}\n`);
  const subresource = text(session.args, 'subresource');
  try {
    const answer = await session.client.patch(resource, namespace, name, 'strategic', patch, {
      ...writeOptions(session, 'kubectl-edit'),
      fieldValidation: validation,
      ...(subresource === '' ? {} : { subresource }),
    });
    await session.out(objectPrinter(session, { operation: 'edited' })(await session.heed(answer)));
  } catch (error) {
    await session.err(`${refusalOf(results, error, original)}\n`);
  }
}
