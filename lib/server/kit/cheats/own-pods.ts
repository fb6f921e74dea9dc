import type { Container, Pod } from '../../../api';

/** A container of one's own that answers as another does: no volumes, no accounts, no probes. */
function alikeContainer({ name, image, command, args, env, ports }: Container): Container {
  return {
    name,
    image,
    ...(command ? { command } : {}),
    ...(args ? { args } : {}),
    ...(env ? { env } : {}),
    ...(ports ? { ports } : {}),
  } as Container;
}

/** The containers of a Pod of one's own that answers as `pod` does. */
export const alikeContainers = (pod: Pod): readonly Container[] =>
  (pod.spec?.containers ?? []).map(alikeContainer);

/** Commands that apply objects. */
export const applyObjects = (...objects: readonly object[]): string =>
  `kubectl apply -f - <<'END-OF-OBJECTS'\n${objects.map((each) => JSON.stringify(each)).join('\n---\n')}\nEND-OF-OBJECTS\n`;
