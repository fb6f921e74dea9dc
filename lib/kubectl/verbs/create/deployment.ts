import type { KubeObject } from '../../../api';
import { randomName } from '../../../base';
import { int, list } from '../../flags';
import { createDeploymentManual } from '../../manual';
import type { Command, CommandEnv, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { requireFlags } from '../require-flags';
import { createGenerated, oneName } from './generate';

const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
const SUFFIX_LENGTH = 5;

/** `kubectl create deployment`. */
export const createDeployment: Command<ParsedArgs> = {
  ...createDeploymentManual,
  options: (args) => requireFlags(args, ['image']) ?? args,
  async run(args, env) {
    const name = oneName(args, 'create deployment');
    const command = args.afterDash ?? [];
    const images = list(args, 'image');
    if (images.length > 1 && command.length > 0)
      throw fail('cannot specify multiple --image options and command');
    const session = openSession(args, env);
    const port = int(args, 'port', -1);
    const labels = { app: name };
    const containers = images.map((image, index) => ({
      name: containerName(image, env),
      image,
      ...(command.length === 0 ? {} : { command }),
      ...(port >= 0 && index === 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }));
    const object = {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name, labels },
      spec: {
        replicas: int(args, 'replicas', 1),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    } as KubeObject;
    return createGenerated(session, { ref: DEPLOYMENTS, object, failure: 'failed to create deployment: ' });
  },
};

/** The image's last path part without tag; a dot or underscore costs a random suffix. */
function containerName(image: string, env: CommandEnv): string {
  const name = (image.split('/').at(-1) ?? '').split(':')[0]?.split('@')[0] ?? '';
  return /[._]/.test(name)
    ? `${name.replaceAll(/[._]/g, '-')}-${randomName(env.random, SUFFIX_LENGTH)}`
    : name;
}
