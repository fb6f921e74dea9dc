import type { Deployment, KubeObject, Pod, PodSpec } from '../../api';
import { bool } from '../flags';
import { schemaOf, threeWayPatch } from '../patch';
import { objectPrinter } from '../printers';
import type { LoadedInfo } from '../resources';
import { fail, type Session, withChangeCause, writeOptions } from '../session';

type Map = Readonly<Record<string, unknown>>;

/** The Pod spec of a Pod or of a workload's template; undefined for other kinds. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  if (object.kind === 'Pod') return (object as Pod).spec;
  if (object.kind === 'CronJob') {
    const { spec } = object as unknown as {
      spec?: { jobTemplate?: { spec?: { template?: { spec?: PodSpec } } } };
    };
    return spec?.jobTemplate?.spec?.template?.spec;
  }
  return (object as Deployment).spec?.template?.spec;
}

/** What is said of an object without a Pod template. */
export const noTemplate = ({ args }: Session, { resource, name, object }: LoadedInfo): string =>
  `error: ${bool(args, 'local') ? resource.kind.toLowerCase() : resource.resource}/${name} the object is not a pod or does not have a pod template: *${resource.version}.${object.kind}\n`;

/** The object with another Pod spec in it. */
export function withPodSpec(object: KubeObject, podSpec: PodSpec): KubeObject {
  if (object.kind === 'Pod') return { ...object, spec: podSpec } as KubeObject;
  const { spec } = object as unknown as {
    spec: Map & { template?: Map; jobTemplate?: { spec?: { template?: Map } & Map } & Map };
  };
  if (object.kind === 'CronJob') {
    const { jobTemplate } = spec;
    const template = { ...jobTemplate?.spec?.template, spec: podSpec };
    return {
      ...object,
      spec: { ...spec, jobTemplate: { ...jobTemplate, spec: { ...jobTemplate?.spec, template } } },
    } as KubeObject;
  }
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: podSpec } } } as KubeObject;
}

/** Sends what differs between two states of an object as a strategic merge patch, and prints the outcome; false, and silent, when nothing does. */
export async function sendChange(
  session: Session,
  info: LoadedInfo,
  next: KubeObject,
  words: { readonly operation: string; readonly manager: string; readonly failure: string },
): Promise<boolean> {
  const before = info.object as unknown as Map;
  const noted = withChangeCause(next, session.changeCause);
  const patch = threeWayPatch(before, noted as unknown as Map, before, schemaOf(info.object));
  if (Object.keys(patch).length === 0) return false;
  const print = objectPrinter(session, { operation: words.operation, typed: true });
  if (session.dryRun === 'client' || bool(session.args, 'local')) {
    await session.out(print(noted));
    return true;
  }
  try {
    const answer = await session.client.patch(
      info.resource,
      info.namespace,
      info.name,
      'strategic',
      patch,
      writeOptions(session, words.manager),
    );
    await session.out(print(await session.heed(answer)));
    return true;
  } catch (error) {
    if (words.failure !== '' && error instanceof Error && error.name === 'StatusError') {
      throw fail(`${words.failure}${error.message}`);
    }
    throw error;
  }
}
