import { type Client, type KubeObject, type ResourceRef, StatusError } from '../../../api';
import { type Cancel, createRandom, type Input, NEVER, type Timer } from '../../../base';
import { runKubectl } from '../../../kubectl';
import { ADMIN, HOME } from '../../../workspace';
import { createHostClient, type KubeHost } from '../../kube-api';

/** A write that the API refused, and the object that it was about. */
export interface Refusal {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent where the request did not carry the object. */
  readonly kind?: string | undefined;
  readonly error: StatusError;
}

/** What came of a run of kubectl. */
export interface KubectlRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Both in the order in which they were written. */
  readonly said: string;
  readonly refusals: readonly Refusal[];
}

/**
 * Runs kubectl beside the admin machine's terminals: with its files and its kubeconfig's namespace, over the same API as
 * the learner's own client. Each write is an input like any other; those of one `session` are undone together.
 */
export async function runKubectlOn(
  host: KubeHost,
  session: string,
  argv: readonly string[],
  stdin?: string,
): Promise<KubectlRun> {
  const { files } = await host.present();
  const refusals: Refusal[] = [];
  const run = { out: '', err: '', said: '' };
  const stream = (to: 'out' | 'err') => ({
    async write(text: string) {
      run[to] += text;
      run.said += text;
    },
  });
  const command = `kubectl ${argv[0] ?? ''}`;
  const client = createHostClient(host, { own: ADMIN, credentials: {}, session, command });
  const status = await runKubectl(argv, {
    streams: {
      stdin: stdin === undefined ? undefined : inputOf(stdin),
      stdout: stream('out'),
      stderr: stream('err'),
      tty: false,
      cancel: NEVER,
    },
    client: noting(client, (refusal) => refusals.push(refusal)),
    files,
    timer: WALL,
    random: createRandom(1),
    cwd: HOME,
    environment: { HOME },
  });
  return { status, ...run, refusals };
}

function inputOf(text: string): Input {
  let left: string | undefined = text;
  return {
    async read() {
      const piece = left;
      left = undefined;
      return piece;
    },
  };
}

/** kubectl waits beside the workspace, whose own time follows the same clock. */
const WALL: Timer = {
  now: () => Date.now(),
  sleep: (ms, cancel?: Cancel) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      cancel?.onCancel(() => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** The same client; refused writes are noted with what they were about. */
function noting(client: Client, note: (refusal: Refusal) => void): Client {
  const noted = async <T>(
    about: Omit<Refusal, 'error' | 'resource'> & { readonly ref: ResourceRef },
    answer: Promise<T>,
  ): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      const { ref, ...rest } = about;
      if (error instanceof StatusError) note({ ...rest, resource: ref.resource, error });
      throw error;
    }
  };
  const about = (ref: ResourceRef, namespace: string, object: KubeObject) => ({
    ref,
    namespace,
    name: object.metadata?.name ?? '',
    kind: object.kind,
  });
  return {
    ...client,
    create: (ref, namespace, object, options) =>
      noted(about(ref, namespace, object), client.create(ref, namespace, object, options)),
    update: (ref, namespace, object, options) =>
      noted(about(ref, namespace, object), client.update(ref, namespace, object, options)),
    patch: (ref, namespace, name, type, body, options) =>
      noted({ ref, namespace, name }, client.patch(ref, namespace, name, type, body, options)),
  };
}
