import { procMount } from './baseline-checks';
import {
  type Check,
  type CheckPod,
  type Container,
  containersOf,
  namedContainers,
  plural,
  quoted,
  setters,
  sorted,
  unlessOwnUsers,
  unlessWindows,
} from './check';
import { seccompRestricted } from './seccomp';

const nameOf = ({ name }: Container): string => name;

const allowPrivilegeEscalation: CheckPod = (spec) => {
  const bad = containersOf(spec).filter((each) => each.securityContext?.allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  const names = namedContainers(bad.map(nameOf));
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${names} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

const capabilities: CheckPod = (spec) => {
  const all = containersOf(spec);
  const forbidden = ({ securityContext }: Container): readonly string[] =>
    (securityContext?.capabilities?.add ?? []).filter((each) => each !== 'NET_BIND_SERVICE');
  const keeping = all.filter((each) => !each.securityContext?.capabilities?.drop?.includes('ALL'));
  const adding = all.filter((each) => forbidden(each).length > 0);
  const details = [
    ...(keeping.length > 0
      ? [`${namedContainers(keeping.map(nameOf))} must set securityContext.capabilities.drop=["ALL"]`]
      : []),
    ...(adding.length > 0
      ? [
          `${namedContainers(adding.map(nameOf))} must not include ${quoted(sorted(adding.flatMap(forbidden)))} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  return details.length === 0
    ? undefined
    : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const ALLOWED_VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const restrictedVolumes: CheckPod = ({ volumes = [] }) => {
  const typeOf = (volume: object): string => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown';
  const bad = volumes.filter((volume) => !ALLOWED_VOLUMES.has(typeOf(volume)));
  if (bad.length === 0) return undefined;
  const names = `${plural(bad.length, 'volume', 'volumes')} ${quoted(bad.map(({ name }) => name))}`;
  const types = sorted(bad.map(typeOf));
  const use = plural(bad.length, 'uses', 'use');
  const what = plural(types.length, 'restricted volume type', 'restricted volume types');
  return { reason: 'restricted volume types', detail: `${names} ${use} ${what} ${quoted(types)}` };
};

const runAsNonRoot: CheckPod = (spec) => {
  const reason = 'runAsNonRoot != true';
  const own = spec.securityContext?.runAsNonRoot;
  const bad = containersOf(spec).filter((each) => each.securityContext?.runAsNonRoot === false);
  const who = setters(own === false, bad.map(nameOf));
  if (who.length > 0) {
    return { reason, detail: `${who.join(' and ')} must not set securityContext.runAsNonRoot=false` };
  }
  const bare = own ? [] : containersOf(spec).filter((each) => !each.securityContext?.runAsNonRoot);
  if (bare.length === 0) return undefined;
  return {
    reason,
    detail: `pod or ${namedContainers(bare.map(nameOf))} must set securityContext.runAsNonRoot=true`,
  };
};

const runAsUser: CheckPod = (spec) => {
  const bad = containersOf(spec).filter((each) => each.securityContext?.runAsUser === 0);
  const who = setters(spec.securityContext?.runAsUser === 0, bad.map(nameOf));
  if (who.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${who.join(' and ')} must not set runAsUser=0` };
};

/** In the order in which they are told of, after the baseline's. */
export const restrictedChecks: readonly Check[] = [
  {
    id: 'allowPrivilegeEscalation',
    versions: [
      [8, allowPrivilegeEscalation],
      [25, unlessWindows(allowPrivilegeEscalation)],
    ],
  },
  {
    id: 'capabilities_restricted',
    versions: [
      [22, capabilities],
      [25, unlessWindows(capabilities)],
    ],
    overrides: 'capabilities_baseline',
  },
  { id: 'procMount_restricted', versions: [[35, procMount]], overrides: 'procMount' },
  { id: 'restrictedVolumes', versions: [[0, restrictedVolumes]], overrides: 'hostPathVolumes' },
  {
    id: 'runAsNonRoot',
    versions: [
      [0, runAsNonRoot],
      [35, unlessOwnUsers(runAsNonRoot)],
    ],
  },
  {
    id: 'runAsUser',
    versions: [
      [23, runAsUser],
      [35, unlessOwnUsers(runAsUser)],
    ],
  },
  {
    id: 'seccompProfile_restricted',
    versions: [
      [19, seccompRestricted],
      [25, unlessWindows(seccompRestricted)],
    ],
    overrides: 'seccompProfile_baseline',
  },
];
