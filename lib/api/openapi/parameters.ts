import { assert } from '../../base';

/** What a parameter of an operation is, in both OpenAPI versions. */
export interface Parameter {
  readonly in: 'path' | 'query';
  readonly type: 'string' | 'boolean' | 'integer';
  readonly description: string;
}

const query = (type: Parameter['type'], description: string): Parameter => ({
  in: 'query',
  type,
  description,
});

const QUERY: Readonly<Record<string, Parameter>> = {
  allowWatchBookmarks: query(
    'boolean',
    'Asks a watch to send BOOKMARK events now and then, which hold a resource version to go on from.',
  ),
  command: query('string', 'The command to run, one parameter for each word; no shell reads it.'),
  container: query('string', 'The container that is meant. Defaults to the only one, or to the first.'),
  continue: query('string', 'The token that came with the last part of a list, to get the next part.'),
  dryRun: query('string', '"All" checks and answers as usual but stores nothing.'),
  fieldManager: query(
    'string',
    'The name under which the changed fields are recorded in managedFields, at most 128 characters. Server-side apply requires it.',
  ),
  fieldSelector: query(
    'string',
    'Returns only objects with these fields, such as metadata.name=web. Defaults to all.',
  ),
  fieldValidation: query(
    'string',
    'What to do about unknown and duplicate fields: "Ignore" drops them, "Warn" (the default) also sends warnings, "Strict" refuses the request.',
  ),
  follow: query(
    'boolean',
    'Keeps the stream open and sends what the container logs from now on. Defaults to false.',
  ),
  force: query(
    'boolean',
    'Server-side apply only: takes over fields that other managers own instead of failing with a conflict.',
  ),
  gracePeriodSeconds: query(
    'integer',
    'Seconds that the object is given to end by itself; 0 deletes it at once. Defaults to what the object says.',
  ),
  ignoreStoreReadErrorWithClusterBreakingPotential: query(
    'boolean',
    'Deletes an object that cannot be read from the store any more, passing over its finalizers. It is dangerous.',
  ),
  insecureSkipTLSVerifyBackend: query(
    'boolean',
    'Does not check the certificate of the kubelet that the log comes from.',
  ),
  labelSelector: query(
    'string',
    'Returns only objects with these labels, such as app=web,tier!=db. Defaults to all.',
  ),
  limit: query(
    'integer',
    'The most objects to return in one answer; metadata.continue tells that there are more.',
  ),
  limitBytes: query('integer', 'Ends the log after so many bytes.'),
  orphanDependents: query('boolean', 'Deprecated: use propagationPolicy.'),
  path: query('string', 'The path to ask for behind the proxy.'),
  ports: query('integer', 'The ports to forward, needed when forwarding over WebSockets.'),
  pretty: query('string', '"true" indents the answer.'),
  previous: query(
    'boolean',
    "Returns the log of the container's last run before this one. Defaults to false.",
  ),
  propagationPolicy: query(
    'string',
    'What becomes of objects that this one owns: "Background" deletes them afterwards, "Foreground" before it, "Orphan" leaves them.',
  ),
  resourceVersion: query('string', 'The version to read at or to watch from. Defaults to the newest.'),
  resourceVersionMatch: query('string', 'How a list takes resourceVersion: "Exact" or "NotOlderThan".'),
  sendInitialEvents: query(
    'boolean',
    'Starts a watch with an ADDED event for every object there is, then a bookmark marked k8s.io/initial-events-end.',
  ),
  sinceSeconds: query('integer', 'Returns only lines of the last so many seconds.'),
  stderr: query('boolean', 'Sends the standard error stream.'),
  stdin: query('boolean', 'Passes on a standard input stream. Defaults to false.'),
  stdout: query('boolean', 'Sends the standard output stream.'),
  stream: query('string', 'Which stream of the log to return: "All" (the default), "Stdout" or "Stderr".'),
  tailLines: query('integer', 'Returns only so many lines from the end of the log. Defaults to all.'),
  timeoutSeconds: query('integer', 'Seconds after which a list or a watch ends, whatever happens.'),
  timestamps: query('boolean', 'Puts the time before each line. Defaults to false.'),
  tty: query('boolean', 'Gives the command a terminal. Defaults to false.'),
  watch: query('boolean', 'Sends changes as they happen instead of a list.'),
};

/** A parameter of the query string. */
export function queryParameter(name: string): Parameter {
  const found = QUERY[name];
  assert(found !== undefined, `no parameter called ${name}`);
  return found;
}

/** The parameters in a path such as ".../namespaces/{namespace}/pods/{name}". */
export function pathParameters(path: string, kind: string): readonly (readonly [string, Parameter])[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names
    .sort()
    .map((name) => [name, { in: 'path', type: 'string', description: pathText(name, kind) }]);
}

function pathText(name: string, kind: string): string {
  if (name === 'name') return `name of the ${kind}`;
  if (name === 'namespace') return 'the namespace, which object names and permissions belong to';
  return 'path to the resource behind the proxy';
}
