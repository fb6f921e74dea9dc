import { goJson, isRecord, printYaml } from '../../../base';
import { bool, text } from '../../flags';
import { clusterInfoManual, versionManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { ExitError, fail, loadKubeconfig, openSession, type Session, usageFailure } from '../../session';
import { clusterInfoDump } from '../absent-commands';

/** The kubectl whose behaviour this is. */
const CLIENT = {
  major: '1',
  minor: '35',
  gitVersion: 'v1.35.2',
  gitCommit: 'fdc9d74cbf2da6754ebf81d56f80ae2948cd6425',
  gitTreeState: 'clean',
  buildDate: '2026-02-26T20:05:34Z',
  goVersion: 'go1.25.7',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;
const KUSTOMIZE = 'v5.7.1';
/** Minor versions that client and server may be apart. */
const SKEW_MAX = 1;

/** `kubectl version`. */
export const version: Command<ParsedArgs> = {
  ...versionManual,
  options(args) {
    if (args.positional.length > 0) {
      return usageFailure('version', `extra arguments: [${args.positional.join(' ')}]`);
    }
    return ['', 'yaml', 'json'].includes(text(args, 'output'))
      ? args
      : fail("--output must be 'yaml' or 'json'");
  },
  async run(args, env) {
    const session = openSession(args, env);
    let missed: ExitError | undefined;
    // What the server is comes last, and so does that it could not be asked.
    const server = bool(args, 'client')
      ? undefined
      : await session.client.version().catch((error: unknown) => {
          if (!(error instanceof ExitError)) throw error;
          missed = error;
          return undefined;
        });
    const output = text(args, 'output');
    const whole = {
      clientVersion: CLIENT,
      kustomizeVersion: KUSTOMIZE,
      ...(server ? { serverVersion: server } : {}),
    };
    if (output === 'yaml') await session.out(`${printYaml(whole)}\n`);
    else if (output === 'json') await session.out(`${goJson(whole, '  ', false)}\n`);
    else {
      await session.out(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`);
      if (server) await session.out(`Server Version: ${server.gitVersion}\n`);
    }
    await warnOfSkew(session, server?.minor);
    if (missed !== undefined) throw missed;
    return 0;
  },
};

async function warnOfSkew(session: Session, minor: string | undefined): Promise<void> {
  if (minor === undefined || Math.abs(Number(minor) - Number(CLIENT.minor)) <= SKEW_MAX) return;
  await session.err(
    `Warning: version difference between client (1.${CLIENT.minor}) and server (1.${minor}) exceeds the supported minor version skew of +/-1\n`,
  );
}

const DUMP_HINT = "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n";

/** `kubectl cluster-info`. */
export const clusterInfo: Command<ParsedArgs> = {
  ...clusterInfoManual,
  subcommands: [clusterInfoDump as Command<unknown>],
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const server = serverOf(session);
    try {
      await session.resources();
    } catch (error) {
      await session.out(DUMP_HINT);
      throw error;
    }
    await session.out(`Kubernetes control plane is running at ${server}\n`);
    const services = await session.client.list(
      { group: '', version: 'v1', resource: 'services' },
      'kube-system',
      {
        labelSelector: 'kubernetes.io/cluster-service=true',
      },
    );
    for (const { metadata, ...rest } of services.items) {
      const { spec } = rest as { spec?: { ports?: readonly { name?: string }[] } };
      const port = spec?.ports?.[0]?.name;
      const name = metadata.labels?.['kubernetes.io/name'] ?? metadata.name;
      const target = port ? `${metadata.name}:${port}` : metadata.name;
      await session.out(
        `${name} is running at ${server}/api/v1/namespaces/kube-system/services/${target}/proxy\n`,
      );
    }
    await session.out(DUMP_HINT);
    return 0;
  },
};

function serverOf(session: Session): string {
  const config = loadKubeconfig(session.env, text(session.args, 'kubeconfig'));
  const context = config.contexts.find((each) => each.name === config.currentContext)?.context;
  const name = isRecord(context) ? context.cluster : undefined;
  const cluster = config.clusters.find((each) => each.name === name)?.cluster;
  const server = isRecord(cluster) ? cluster.server : undefined;
  return typeof server === 'string' ? server : 'https://192.168.50.10:6443';
}
