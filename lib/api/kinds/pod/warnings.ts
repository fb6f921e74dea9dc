import type { Container, PodSpec } from '../../types';

/** pod.warningsForPodSpecAndMeta, for what is said twice: only the last of two survives an apply. */
export function podSpecWarnings(spec: PodSpec | undefined, path: string): readonly string[] {
  const containers = (field: 'initContainers' | 'containers'): readonly string[] =>
    (spec?.[field] ?? []).flatMap((container, index) =>
      containerWarnings(container, `${path}.${field}[${index}]`),
    );
  return [...containers('initContainers'), ...containers('containers')];
}

function containerWarnings({ env = [], ports = [] }: Container, path: string): readonly string[] {
  const variables = env.flatMap(({ name }, index) =>
    env.findIndex((each) => each.name === name) < index
      ? [
          `${path}.env[${index}]: hides previous definition of "${name}", which may be dropped when using apply`,
        ]
      : [],
  );
  const portKey = (port: (typeof ports)[number]): string =>
    `${port.containerPort} ${port.protocol ?? 'TCP'} ${port.hostIP ?? ''} ${port.hostPort ?? 0}`;
  const repeated = ports.flatMap((port, index) => {
    const first = ports.findIndex((each) => portKey(each) === portKey(port));
    return first < index
      ? [`${path}.ports[${index}]: duplicate port definition with ${path}.ports[${first}]`]
      : [];
  });
  return [...variables, ...repeated];
}
