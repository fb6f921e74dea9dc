import { encodeBase64, isRecord } from '../../../base';
import { bool, text } from '../../flags';
import { configDeleteClusterManual, configDeleteUserManual, configSetClusterManual } from '../../manual';
import { absolutePath, fail } from '../../session';
import { command, write } from './kubeconfig-file';

/** `kubectl config set-cluster`. */
export const setCluster = command(configSetClusterManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  if (name === '') throw fail('you must specify a non-empty cluster name');
  const skips = args.given.has('insecure-skip-tls-verify') && bool(args, 'insecure-skip-tls-verify');
  const authority = text(args, 'certificate-authority');
  if (skips && authority !== '')
    throw fail('you cannot specify a certificate authority and insecure mode at the same time');
  const entry = config.clusters.find((each) => each.name === name);
  const cluster: Record<string, unknown> = isRecord(entry?.cluster) ? { ...entry.cluster } : { server: '' };
  for (const flag of ['server', 'tls-server-name', 'proxy-url'])
    if (args.given.has(flag)) cluster[flag] = text(args, flag);
  if (args.given.has('insecure-skip-tls-verify')) {
    if (skips) cluster['insecure-skip-tls-verify'] = true;
    else delete cluster['insecure-skip-tls-verify'];
  }
  if (authority !== '') {
    const file = absolutePath(authority, env.cwd);
    const embedded = bool(args, 'embed-certs');
    if (embedded && env.files.stat(file)?.kind !== 'file')
      throw fail(
        `could not stat certificate-authority file ${authority}: stat ${authority}: no such file or directory`,
      );
    if (embedded) cluster['certificate-authority-data'] = encodeBase64(env.files.read(file));
    else cluster['certificate-authority'] = file;
  }
  const changed = { cluster, name };
  const clusters = entry
    ? config.clusters.map((each) => (each === entry ? changed : each))
    : [...config.clusters, changed];
  write(env, path, { ...config, clusters });
  await env.streams.stdout.write(`Cluster "${name}" set.\n`);
});

/** `kubectl config delete-cluster`. */
export const deleteCluster = command(configDeleteClusterManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  if (!config.clusters.some((each) => each.name === name))
    throw fail(`cannot delete cluster ${name}, not in ${path}`);
  write(env, path, { ...config, clusters: config.clusters.filter((each) => each.name !== name) });
  await env.streams.stdout.write(`deleted cluster ${name} from ${path}\n`);
});

/** `kubectl config delete-user`. */
export const deleteUser = command(configDeleteUserManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  if (!config.users.some((each) => each.name === name))
    throw fail(`cannot delete user ${name}, not in ${path}`);
  write(env, path, { ...config, users: config.users.filter((each) => each.name !== name) });
  await env.streams.stdout.write(`deleted user ${name} from ${path}\n`);
});
