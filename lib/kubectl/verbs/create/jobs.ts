import type { KubeObject } from '../../../api';
import { text } from '../../flags';
import { createCronjobManual, createJobManual } from '../../manual';
import { fetchInfo, requireResource } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';
import { requireFlags } from '../require-flags';
import { createGenerated, oneName } from './generate';

const JOBS = { group: 'batch', version: 'v1', resource: 'jobs' };

const container = (name: string, image: string, command: readonly string[]) => ({
  name,
  image,
  ...(command.length === 0 ? {} : { command }),
  resources: {},
});

/** `kubectl create job`. */
export const createJob: Command<ParsedArgs> = {
  ...createJobManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create job');
    const image = text(args, 'image');
    const from = text(args, 'from');
    const command = args.afterDash ?? [];
    if ((image === '') === (from === '')) throw fail('either --image or --from must be specified');
    if (from !== '' && command.length > 0) throw fail('cannot specify --from and command');
    const session = openSession(args, env);
    const object = from === '' ? plainJob(name, image, command) : await jobFrom(session, name, from);
    return createGenerated(session, { ref: JOBS, object, failure: 'failed to create job: ' });
  },
};

function plainJob(name: string, image: string, command: readonly string[]): KubeObject {
  const template = {
    metadata: {},
    spec: { containers: [container(name, image, command)], restartPolicy: 'Never' },
  };
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: { name },
    spec: { template },
    status: {},
  } as KubeObject;
}

interface CronJob extends KubeObject {
  readonly spec: {
    readonly jobTemplate: {
      readonly metadata?: { readonly annotations?: object; readonly labels?: object };
      readonly spec: object;
    };
  };
}

async function jobFrom(session: Session, name: string, from: string): Promise<KubeObject> {
  const [type = '', source = ''] = from.split('/');
  const resource = requireResource(await session.resources(4), type);
  const object = await fetchInfo(session, {
    resource,
    namespace: session.namespace,
    name: source,
    source: '',
  });
  if (object.kind !== 'CronJob')
    throw fail(`unknown object type *${object.apiVersion.split('/').at(-1)}.${object.kind}`);
  const { jobTemplate } = (object as unknown as CronJob).spec;
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: object.metadata.name,
    uid: object.metadata.uid,
    controller: true,
  };
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: {
      name,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...jobTemplate.metadata?.annotations },
      ...(jobTemplate.metadata?.labels ? { labels: jobTemplate.metadata.labels } : {}),
      ownerReferences: [owner],
    },
    spec: jobTemplate.spec,
    status: {},
  } as KubeObject;
}

/** `kubectl create cronjob`. */
export const createCronJob: Command<ParsedArgs> = {
  ...createCronjobManual,
  options: (args) => requireFlags(args, ['image', 'schedule']) ?? args,
  async run(args, env) {
    const name = oneName(args, 'create cronjob');
    const restartPolicy = text(args, 'restart', 'OnFailure');
    const template = {
      metadata: {},
      spec: { containers: [container(name, text(args, 'image'), args.afterDash ?? [])], restartPolicy },
    };
    const object = {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      metadata: { name },
      spec: { schedule: text(args, 'schedule'), jobTemplate: { metadata: { name }, spec: { template } } },
      status: {},
    } as KubeObject;
    const ref = { group: 'batch', version: 'v1', resource: 'cronjobs' };
    return createGenerated(openSession(args, env), { ref, object, failure: 'failed to create cronjob: ' });
  },
};
