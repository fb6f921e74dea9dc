import type {
  Answer,
  Client,
  DeleteOptions,
  KubeList,
  KubeObject,
  ListOptions,
  PatchOptions,
  PatchType,
  ResourceRef,
  WriteOptions,
} from '../api';
import { StatusError } from '../api';
import type { Identity } from '../cluster';

/** One write through the Kubernetes API from outside the workspace: plain data, so that it can be stored and replayed. */
export type ApiCall = {
  readonly identity: Identity;
  readonly ref: ResourceRef;
  readonly namespace: string;
  /** Who asks, as the learner knows it ("kubectl apply"), and which run of that program it was. */
  readonly caller: { readonly command: string; readonly session?: string | undefined };
} & (
  | {
      readonly verb: 'create';
      readonly object: KubeObject;
      readonly options: WriteOptions & { readonly name?: string };
    }
  | { readonly verb: 'update'; readonly object: KubeObject; readonly options: WriteOptions }
  | {
      readonly verb: 'patch';
      readonly name: string;
      readonly type: PatchType;
      /** JSON has no `undefined`: a patch without a body is `null`. */
      readonly body: unknown;
      readonly options: PatchOptions;
    }
  | { readonly verb: 'delete'; readonly name: string; readonly options: DeleteOptions }
  | { readonly verb: 'deletecollection'; readonly options: DeleteOptions & ListOptions }
);

/** What became of a call: the API's answer (a list, when a collection was deleted) or its refusal. */
export type ApiOutcome =
  | { readonly done: true; readonly answer: Answer<KubeObject | KubeList> }
  | { readonly done: false; readonly refusal: StatusError };

/** Makes the call; it has acted when this returns, and the promise only tells how. */
export async function makeCall(client: Client, call: ApiCall): Promise<ApiOutcome> {
  try {
    return { done: true, answer: await ask(client, call) };
  } catch (error) {
    if (error instanceof StatusError) return { done: false, refusal: error };
    throw error;
  }
}

async function ask(client: Client, call: ApiCall): Promise<Answer<KubeObject | KubeList>> {
  const { ref, namespace } = call;
  switch (call.verb) {
    case 'create':
      return client.create(ref, namespace, call.object, call.options);
    case 'update':
      return client.update(ref, namespace, call.object, call.options);
    case 'patch':
      return client.patch(ref, namespace, call.name, call.type, call.body, call.options);
    case 'delete':
      return client.delete(ref, namespace, call.name, call.options);
    case 'deletecollection':
      return {
        object: await client.deleteCollection(ref, namespace, call.options),
        warnings: [],
        code: 200,
      };
  }
}
