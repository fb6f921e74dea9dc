import type { Container, LimitRange, Pod } from '../../../../api';
import type { AmountTexts } from '../../quota/amounts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

interface Defaults {
  readonly requests: AmountTexts;
  readonly limits: AmountTexts;
}

/** PodMutateLimitFunc: containers get what a LimitRange has for those that say nothing, and the Pod a note of it. */
export function fillContainers(range: LimitRange, pod: Pod): Pod {
  if (!pod.spec) return pod;
  const defaults = defaultsOf(range);
  const containers = (pod.spec.containers ?? []).map((each) => fill(each, defaults, 'container'));
  const initContainers = pod.spec.initContainers?.map((each) => fill(each, defaults, 'init container'));
  const notes = [...containers, ...(initContainers ?? [])].flatMap((each) => each.notes);
  if (notes.length === 0) return pod;
  const annotations = {
    ...pod.metadata.annotations,
    [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}`,
  };
  const filled = containers.map(({ container }) => container);
  const init = initContainers ? { initContainers: initContainers.map(({ container }) => container) } : {};
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, containers: filled, ...init },
  };
}

function defaultsOf({ spec }: LimitRange): Defaults {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  return {
    requests: Object.assign({}, ...items.map((each) => each.defaultRequest)),
    limits: Object.assign({}, ...items.map((each) => each.default)),
  };
}

/** mergeContainerResources. */
function fill(
  container: Container,
  defaults: Defaults,
  what: string,
): { readonly container: Container; readonly notes: readonly string[] } {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const lacking = (wanted: AmountTexts, own: AmountTexts): readonly string[] =>
    Object.keys(wanted)
      .filter((name) => own[name] === undefined)
      .sort();
  const [noRequest, noLimit] = [lacking(defaults.requests, requests), lacking(defaults.limits, limits)];
  const notes = [
    ...(noRequest.length > 0 ? [`${noRequest.join(', ')} request for ${what} ${container.name}`] : []),
    ...(noLimit.length > 0 ? [`${noLimit.join(', ')} limit for ${what} ${container.name}`] : []),
  ];
  if (notes.length === 0) return { container, notes };
  const merged = {
    limits: { ...defaults.limits, ...limits },
    requests: { ...defaults.requests, ...requests },
  };
  const some = Object.entries(merged).filter(([, amounts]) => Object.keys(amounts).length > 0);
  return {
    container: { ...container, resources: { ...container.resources, ...Object.fromEntries(some) } },
    notes,
  };
}
