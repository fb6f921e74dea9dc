import {
  type CheckPod,
  type Container,
  containersOf,
  namedContainers,
  type PodSpec,
  plural,
  quoted,
  setters,
  sorted,
  type Verdict,
} from './check';

const OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const ALLOWED_NOTE = /^(runtime\/default$|docker\/default$|localhost\/)/;

/** Before 1.19 profiles were annotations. */
export const seccompAnnotations: CheckPod = (spec, annotations) => {
  const keys = [OF_POD, ...containersOf(spec).map(({ name }) => `${OF_CONTAINER}${name}`)];
  const bad = sorted(
    keys.flatMap((key) => {
      const value = annotations[key];
      return value === undefined || ALLOWED_NOTE.test(value) ? [] : [`${key}=${JSON.stringify(value)}`];
    }),
  );
  if (bad.length === 0) return undefined;
  const what = plural(bad.length, 'annotation', 'annotations');
  return { reason: 'seccompProfile', detail: `forbidden ${what} ${bad.join(', ')}` };
};

const typeOf = ({ securityContext }: Container): string | undefined => securityContext?.seccompProfile?.type;
const isAllowed = (type: string): boolean => type === 'Localhost' || type === 'RuntimeDefault';

/** Nobody may ask for less than a profile. */
export const seccompBaseline: CheckPod = (spec) => explicit(spec);

/** Everybody must have one. */
export const seccompRestricted: CheckPod = (spec) => {
  const told = explicit(spec);
  if (told) return told;
  const own = spec.securityContext?.seccompProfile?.type;
  if (own !== undefined) return undefined;
  const bare = containersOf(spec).filter((each) => typeOf(each) === undefined);
  if (bare.length === 0) return undefined;
  const names = namedContainers(bare.map(({ name }) => name));
  return {
    reason: 'seccompProfile',
    detail: `pod or ${names} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};

function explicit(spec: PodSpec): Verdict {
  const isBad = (type: string | undefined): type is string => type !== undefined && !isAllowed(type);
  const own = spec.securityContext?.seccompProfile?.type;
  const bad = containersOf(spec).filter((each) => isBad(typeOf(each)));
  const who = setters(
    isBad(own),
    bad.map(({ name }) => name),
  );
  if (who.length === 0) return undefined;
  const types = quoted(sorted([own, ...bad.map(typeOf)].filter(isBad)));
  return {
    reason: 'seccompProfile',
    detail: `${who.join(' and ')} must not set securityContext.seccompProfile.type to ${types}`,
  };
}
