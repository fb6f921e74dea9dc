import type { LogPort } from './client';
import type { ContainerRegistry } from './kubelet';

/** A registry whose writers can be listened to, and the port that followed logs are read through. */
export interface LogWatch {
  readonly containers: ContainerRegistry;
  readonly port: LogPort;
}

/** Wraps a registry so that whoever follows a log hears of its growth. */
export function watchLogs(registry: ContainerRegistry): LogWatch {
  let listeners: readonly { readonly key: string; readonly listener: () => void }[] = [];
  const tell = (key: string) => {
    for (const each of listeners) if (each.key === key || each.key.startsWith(`${key}/`)) each.listener();
  };
  return {
    containers: {
      ...registry,
      update(record) {
        registry.update(record);
        tell(`${record.namespace}/${record.podName}/${record.name}`);
      },
      remove(key) {
        registry.remove(key);
        tell(key);
      },
    },
    port: {
      read(namespace, pod, container, previous) {
        const record = registry.get(namespace, pod, container);
        return previous ? record?.previousLog : record?.log;
      },
      onChange(namespace, pod, container, listener) {
        const each = { key: `${namespace}/${pod}/${container}`, listener };
        listeners = [...listeners, each];
        return () => {
          listeners = listeners.filter((other) => other !== each);
        };
      },
    },
  };
}
