import type { Clock } from '../base';
import type { ContainerRegistry, TokenOf } from './kubelet';
import { type ApiServer, podToken } from './server';

/** The tokens that kubelets have asked the API server for, for the Pods of a registry. */
export function podTokens(server: ApiServer, containers: ContainerRegistry, clock: Clock): TokenOf {
  const view = server.view();
  return (pod, source) => {
    const runtime = containers.pod(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
    const now = clock.now();
    const times = { since: runtime?.sandboxAt ?? now, now, accountUid: runtime?.accountUid };
    return podToken(server.tokenKey, view, pod, source, times);
  };
}
