import type { ApiResource } from '../resources';

/** The resources of one version of a group. */
export interface GroupVersion {
  readonly version: string;
  readonly resources: readonly ApiResource[];
}

/** A group and its versions, preferred first. */
export interface Group {
  readonly group: string;
  readonly versions: readonly GroupVersion[];
}

/** Resources by group and version, in the order they come. */
export function groupsOf(resources: readonly ApiResource[]): readonly Group[] {
  const names = [...new Set(resources.map((each) => each.group))];
  return names.map((group) => {
    const own = resources.filter((each) => each.group === group);
    const versions = [...new Set(own.map((each) => each.version))];
    return {
      group,
      versions: versions.map((version) => ({
        version,
        resources: own.filter((each) => each.version === version),
      })),
    };
  });
}

/** "v1", "apps/v1". */
export const groupVersion = (group: string, version: string): string =>
  group === '' ? version : `${group}/${version}`;
