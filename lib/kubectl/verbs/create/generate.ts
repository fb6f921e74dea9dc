import { type KubeObject, type ResourceRef, StatusError } from '../../../api';
import { goJson } from '../../../base';
import { bool } from '../../flags';
import { objectPrinter } from '../../printers';
import type { ParsedArgs } from '../../seams';
import { fail, type Session, Unreachable, usageFailure, withChangeCause, writeOptions } from '../../session';
import { LAST_APPLIED } from '../last-applied';
import { fieldValidation } from '../validation';

/** The one NAME that a generator needs; what follows `--` is not counted. */
export function oneName(args: ParsedArgs, command: string): string {
  const [name] = args.positional;
  if (name === undefined || args.positional.length !== 1) {
    throw usageFailure(command, `exactly one NAME is required, got ${args.positional.length}`);
  }
  return name;
}

/** How a generated object is sent. */
export interface Generated {
  readonly ref: ResourceRef;
  readonly object: KubeObject;
  readonly namespaced?: boolean;
  /** "failed to create deployment: ": put before the server's refusal; '' passes it on as it is. */
  readonly failure: string;
  readonly operation?: string;
  readonly manager?: string;
}

/** Sends (or, in a dry run, only prints) a generated object. */
export async function createGenerated(session: Session, generated: Generated): Promise<number> {
  const { ref, namespaced = true, failure } = generated;
  const print = objectPrinter(session, { operation: generated.operation ?? 'created', typed: true });
  const object = prepared(session, generated);
  if (session.dryRun === 'client') {
    await session.out(print(object));
    return 0;
  }
  try {
    const answer = await session.client.create(ref, namespaced ? session.namespace : '', object, {
      ...writeOptions(session, generated.manager ?? 'kubectl-create'),
      fieldValidation: fieldValidation(session.args),
    });
    await session.out(print(await session.heed(answer)));
    return 0;
  } catch (error) {
    if (failure !== '' && error instanceof Unreachable) throw fail(`${failure}${error.found}`);
    if (failure !== '' && error instanceof StatusError) throw fail(`${failure}${error.message}`);
    throw error;
  }
}

/** The annotation as it is made of an object of Go types: in their order, with nothing added. */
function withOwnConfiguration(object: KubeObject): KubeObject {
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: `${goJson(object, '', false)}\n` };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** With the namespace that `-n` demands and the annotation that `--save-config` does. */
function prepared(session: Session, { object, namespaced = true }: Generated): KubeObject {
  const { name, ...rest } = object.metadata;
  const metadata =
    namespaced && session.namespaceGiven ? { name, namespace: session.namespace, ...rest } : object.metadata;
  const placed = withChangeCause({ ...object, metadata } as KubeObject, session.changeCause);
  return bool(session.args, 'save-config') ? withOwnConfiguration(placed) : placed;
}
