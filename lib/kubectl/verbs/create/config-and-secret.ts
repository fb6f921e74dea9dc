import { certificatesIn, type KubeObject, publicHalf, readPem } from '../../../api';
import { goJson } from '../../../base';
import { bool, list, text } from '../../flags';
import { encodeBase64 } from '../../go-template';
import { contentHash } from '../../kustomize';
import {
  createConfigmapManual,
  createSecretDockerRegistryManual,
  createSecretGenericManual,
  createSecretManual,
  createSecretTlsManual,
} from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { absolutePath, fail, openSession, type Session } from '../../session';
import { commandGroup } from '../group';
import { createGenerated, oneName } from './generate';
import { keyError, readSources } from './sources';

const CONFIGMAPS = { group: '', version: 'v1', resource: 'configmaps' };
const SECRETS = { group: '', version: 'v1', resource: 'secrets' };

/** `kubectl create configmap`. */
export const createConfigMap: Command<ParsedArgs> = {
  ...createConfigmapManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create configmap');
    const session = openSession(args, env);
    const data: Record<string, string> = {};
    for (const [key, value] of readSources(session, args)) {
      const wrong = keyError(key);
      if (wrong) throw fail(`"${key}" is not a valid key name for a ConfigMap: ${wrong}`);
      if (key in data) {
        throw fail(
          `cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${name}"`,
        );
      }
      data[key] = value;
    }
    const body = Object.keys(data).length === 0 ? {} : { data };
    const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name }, ...body } as KubeObject;
    return createGenerated(session, {
      ref: CONFIGMAPS,
      object: hashed(args, object),
      failure: 'failed to create configmap: ',
    });
  },
};

/** With `--append-hash` the name ends in a hash of what is in it. */
function hashed(args: ParsedArgs, object: KubeObject): KubeObject {
  if (!bool(args, 'append-hash')) return object;
  const { name = '' } = object.metadata;
  const suffix = contentHash(object as unknown as Readonly<Record<string, unknown>>, name);
  return { ...object, metadata: { ...object.metadata, name: `${name}-${suffix}` } };
}

function secret(
  session: Session,
  name: string,
  type: string,
  data: Readonly<Record<string, string>>,
): Promise<number> {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)]));
  const object = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { name },
    ...(Object.keys(data).length === 0 ? {} : { data: encoded }),
    ...(type === '' ? {} : { type }),
  } as KubeObject;
  return createGenerated(session, {
    ref: SECRETS,
    object: hashed(session.args, object),
    failure: 'failed to create secret ',
  });
}

const createSecretGeneric: Command<ParsedArgs> = {
  ...createSecretGenericManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create secret generic');
    const session = openSession(args, env);
    return secret(session, name, text(args, 'type'), dataOf(session, args));
  },
};

/** What a Secret's sources hold. */
function dataOf(session: Session, args: ParsedArgs, only?: string): Readonly<Record<string, string>> {
  const data: Record<string, string> = {};
  for (const [given, value] of readSources(session, args)) {
    const key = only ?? given;
    const wrong = keyError(key);
    if (wrong) throw fail(`"${key}" is not valid key name for a Secret ${wrong}`);
    if (key in data) throw fail(`cannot add key ${key}, another key by that name already exists`);
    data[key] = value;
  }
  return data;
}

const DOCKER = 'kubernetes.io/dockerconfigjson';
/** The one key of such a Secret, whatever its file is called. */
const DOCKER_KEY = '.dockerconfigjson';

const createSecretDockerRegistry: Command<ParsedArgs> = {
  ...createSecretDockerRegistryManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create secret docker-registry');
    const session = openSession(args, env);
    if (list(args, 'from-file').length > 0)
      return secret(session, name, DOCKER, dataOf(session, args, DOCKER_KEY));
    const username = text(args, 'docker-username');
    const password = text(args, 'docker-password');
    if (username === '' || password === '') {
      throw fail(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    }
    const email = text(args, 'docker-email');
    const auth = encodeBase64(`${username}:${password}`);
    const server = text(args, 'docker-server', 'https://index.docker.io/v1/');
    const entry = { username, password, ...(email === '' ? {} : { email }), auth };
    const config = goJson({ auths: { [server]: entry } }, '', false);
    return secret(session, name, DOCKER, { '.dockerconfigjson': config });
  },
};

const createSecretTls: Command<ParsedArgs> = {
  ...createSecretTlsManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create secret tls');
    const session = openSession(args, env);
    const read = (flag: string) => {
      const path = text(args, flag);
      if (path === '') throw fail('key and cert must be specified');
      const absolute = absolutePath(path, env.cwd);
      if (env.files.stat(absolute)?.kind !== 'file')
        throw fail(`Cannot read file ${path}, open ${path}: no such file or directory`);
      return env.files.read(absolute);
    };
    const pair = { 'tls.crt': read('cert'), 'tls.key': read('key') };
    const wrong = pairProblem(pair['tls.crt'], pair['tls.key']);
    if (wrong !== undefined) throw fail(wrong);
    return secret(session, name, 'kubernetes.io/tls', pair);
  },
};

/** What Go's tls.X509KeyPair has against a certificate and a key. */
function pairProblem(certificate: string, key: string): string | undefined {
  if (!readPem(certificate).some(({ label }) => label === 'CERTIFICATE'))
    return readPem(certificate).length === 0
      ? 'tls: failed to find any PEM data in certificate input'
      : 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  const [leaf] = certificatesIn(certificate);
  if (leaf === undefined) return 'x509: malformed certificate';
  if (!readPem(key).some(({ label }) => /PRIVATE KEY$/.test(label)))
    return readPem(key).length === 0
      ? 'tls: failed to find any PEM data in key input'
      : 'tls: found a certificate rather than a key in the PEM for the private key';
  const half = publicHalf(key);
  if (half === undefined) return 'tls: failed to parse private key';
  return half.digits === leaf.key.digits ? undefined : 'tls: private key does not match public key';
}

/** `kubectl create secret …`. */
export const createSecret = commandGroup(
  createSecretManual,
  'create secret',
  [createSecretDockerRegistry, createSecretGeneric, createSecretTls],
  'stderr',
);
