import {
  type Answer,
  type Client,
  type Credentials,
  expired,
  type KubeList,
  type KubeObject,
  type PatchType,
  StatusError,
  type Stored,
  type WatchEvent,
  type WatchOptions,
} from '../../api';
import { assert, type Cancel, createCancel } from '../../base';
import type { ApiCall, Identity, Workspace } from '../../workspace';
import { execOn } from './exec-on-host';
import type { KubeHost } from './kube-host';

/** Who is behind a request: the API's idea of it, and the program the learner ran. */
export interface Caller {
  /** Whom the connection vouches for. */
  readonly own: Identity;
  /** What the request brings to say otherwise. */
  readonly credentials: Credentials;
  /** The run of a program, when it says (`Kubectl-Session`). */
  readonly session?: string | undefined;
  /** What the learner ran ("kubectl apply"), when the program says. */
  readonly command?: string | undefined;
}

/** The API of a hosted workspace: reads are answered at once, writes go the way of every input. */
export function createHostClient(host: KubeHost, caller: Caller): Client {
  const read = async () => clientIn(await host.present(), caller);
  const write = async (call: CallBody, target: string) => {
    const identity = identityIn(await host.present(), caller);
    return make(host, callOf(caller, identity, call, target));
  };
  return {
    get: async (...args) => (await read()).get(...args),
    list: async (...args) => (await read()).list(...args),
    table: async (...args) => (await read()).table(...args),
    warningsOf: async (...args) => (await read()).warningsOf(...args),
    watch: (ref, namespace, options) =>
      whileSame(host, options, caller, (client, own) => client.watch(ref, namespace, own)),
    watchTable: (ref, namespace, options) =>
      whileSame(host, options, caller, (client, own) => client.watchTable(ref, namespace, own)),
    create: (ref, namespace, object, options = {}) =>
      write(
        { verb: 'create', ref, namespace, object, options },
        `create ${ref.resource}/${options.name ?? object.metadata.name ?? ''}`,
      ) as Promise<Answer<Stored>>,
    update: (ref, namespace, object, options = {}) =>
      write(
        { verb: 'update', ref, namespace, object, options },
        `update ${ref.resource}/${object.metadata.name ?? ''}`,
      ) as Promise<Answer<Stored>>,
    patch: (ref, namespace, name, type: PatchType, body, options = {}) =>
      write(
        { verb: 'patch', ref, namespace, name, type, body: body ?? null, options },
        `patch ${ref.resource}/${name}`,
      ) as Promise<Answer<Stored>>,
    delete: (ref, namespace, name, options = {}) =>
      write({ verb: 'delete', ref, namespace, name, options }, `delete ${ref.resource}/${name}`) as Promise<
        Answer<KubeObject>
      >,
    async deleteCollection(ref, namespace, options) {
      const call: CallBody = { verb: 'deletecollection', ref, namespace, options };
      return (await write(call, `delete ${ref.resource}`)).object as KubeList<Stored>;
    },
    logs: (namespace, pod, options) =>
      whilePresent(host, options.cancel, caller, (client, cancel) =>
        client.logs(namespace, pod, { ...options, cancel }),
      ),
    connect: async (...args) => (await read()).connect(...args),
    async attach(namespace, pod, options, streams) {
      if (streams.stdin !== undefined) {
        const identity = identityIn(await host.present(), caller);
        await execOn(host, identity, namespace, pod, options, streams);
        return;
      }
      const cancel = createCancel(streams.cancel);
      const stop = host.onReplaced(() => cancel.cancel());
      try {
        await (await read()).attach(namespace, pod, options, { ...streams, cancel });
      } finally {
        stop();
      }
    },
    exec: async (namespace, pod, options, streams) =>
      execOn(host, identityIn(await host.present(), caller), namespace, pod, options, streams),
    forward: async (namespace, pod, port, { stdin, stdout, cancel }) => {
      const identity = identityIn(await host.present(), caller);
      const streams = { stdin, stdout, stderr: stdout, tty: false, cancel };
      await execOn(host, identity, namespace, pod, { container: '', port }, streams);
    },
    resources: async () => (await read()).resources(),
    version: async () => (await read()).version(),
    raw: async (path) => (await read()).raw(path),
    as: ({ token = caller.credentials.token, impersonate }) =>
      createHostClient(host, { ...caller, credentials: { token, impersonate } }),
  };
}

type CallBody = ApiCall extends infer Each
  ? Each extends ApiCall
    ? Omit<Each, 'identity' | 'caller'>
    : never
  : never;

/** Who is asking, in the cluster as it is now: accounts come and go. */
function identityIn(workspace: Workspace, { own, credentials }: Caller): Identity {
  const identity = workspace.authenticate(credentials, own);
  if (identity instanceof StatusError) throw identity;
  return identity;
}

const clientIn = (workspace: Workspace, caller: Caller): Client =>
  workspace.clientOf(identityIn(workspace, caller));

function callOf({ session, command }: Caller, identity: Identity, call: CallBody, target: string): ApiCall {
  const said = command === undefined ? target : `${command} (${target})`;
  return { ...call, identity, caller: { command: said, ...(session === undefined ? {} : { session }) } };
}

/** Groups whose kinds are questions. */
const REVIEWS: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Dry runs and reviews happen on a copy: nothing of them is stored, and chance is not used up. */
async function make(host: KubeHost, call: ApiCall): Promise<Answer<KubeObject | KubeList>> {
  const outcome =
    call.options.dryRun || REVIEWS.has(call.ref.group)
      ? await (await host.present()).rehearse(call)
      : await host.deliver({ kind: 'api', call });
  assert(outcome, "an 'api' input has an outcome");
  if (outcome.done) return outcome.answer;
  throw outcome.refusal;
}

/** Ends with 410 when another state takes the place of the one watched, so that the watcher lists anew. */
async function* whileSame<T>(
  host: KubeHost,
  options: WatchOptions,
  caller: Caller,
  start: (client: Client, options: WatchOptions) => AsyncIterable<WatchEvent<T>>,
): AsyncGenerator<WatchEvent<T>> {
  let replaced = false;
  const note = host.onReplaced(() => {
    replaced = true;
  });
  try {
    yield* whilePresent(host, options.cancel, caller, (client, cancel) =>
      start(client, { ...options, cancel }),
    );
    if (replaced) {
      const { status } = expired('the cluster was taken back to an earlier state');
      yield { type: 'ERROR', object: status as unknown as T };
    }
  } finally {
    note();
  }
}

/** Whatever follows the present state, until that is replaced. */
async function* whilePresent<T>(
  host: KubeHost,
  cancelled: Cancel,
  caller: Caller,
  start: (client: Client, cancel: Cancel) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const cancel = createCancel(cancelled);
  const stop = host.onReplaced(() => cancel.cancel());
  try {
    const workspace = await host.present();
    yield* start(clientIn(workspace, caller), cancel);
  } finally {
    stop();
    cancel.cancel();
  }
}
