import type { KubeObject } from '../../../api';
import { goJson, isRecord } from '../../../base';
import { list } from '../../flags';
import { applyEditLastAppliedManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { findTargets, type LoadedInfo, loadTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, throwAll, writeOptions } from '../../session';
import { LAST_APPLIED, lastApplied } from '../last-applied';
import { editEach } from './edit-objects';

const NONE =
  'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`';

/** `kubectl apply edit-last-applied`: the annotation of what was applied last, in the editor. */
export const editLastApplied: Command<ParsedArgs> = {
  ...applyEditLastAppliedManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: list(args, 'filename').length === 0,
      labelSelector: '',
    });
    const loaded = await loadTargets(session, targets, { latest: true, continueOnError: true });
    throwAll(loaded.errors);
    const applied = loaded.infos.flatMap((info): readonly LoadedInfo[] => {
      const object = lastApplied(info.object);
      return object ? [{ ...info, object: object as unknown as KubeObject }] : [];
    });
    if (applied.length === 0) throw fail(NONE);
    return editEach(session, applied, 'annotations', (edited) => annotate(session, applied, edited));
  },
};

/** Writes the edited configuration into the object's annotation. */
async function annotate(session: Session, applied: readonly LoadedInfo[], edited: LoadedInfo): Promise<void> {
  const print = (operation: string) => session.out(objectPrinter(session, { operation })(edited.object));
  const original = applied.find(({ name, resource }) => name === edited.name && resource === edited.resource);
  if (original !== undefined && goJson(original.object) === goJson(edited.object)) {
    await print('skipped');
    return;
  }
  const { annotations } = edited.object.metadata;
  const patch = {
    metadata: {
      annotations: {
        ...(isRecord(annotations) ? annotations : {}),
        [LAST_APPLIED]: `${goJson(edited.object)}\n`,
      },
    },
  };
  const namespace = edited.resource.namespaced ? session.namespace : '';
  await session.client.patch(
    edited.resource,
    namespace,
    edited.name,
    'merge',
    patch,
    writeOptions(session, 'kubectl-edit'),
  );
  await print('edited');
}
