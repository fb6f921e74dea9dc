import type { ApiResource } from '../resources';

/** "core" and "CoreV1", "rbacAuthorization" and "RbacAuthorizationV1": the group in tags and operation ids. */
export function groupWords(group: string, version = ''): { readonly tag: string; readonly id: string } {
  const words = group === '' ? ['core'] : group.replace(/\.k8s\.io$/, '').split('.');
  const id = words.map(capital).join('');
  return {
    tag: `${id.charAt(0).toLowerCase()}${id.slice(1)}${version === '' ? '' : `_${version}`}`,
    id: `${id}${capital(version)}`,
  };
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "/api/v1", "/apis/apps/v1". */
export const rootPath = ({ group, version }: Pick<ApiResource, 'group' | 'version'>): string =>
  group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
