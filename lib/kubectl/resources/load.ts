import { type KubeObject, StatusError } from '../../api';
import { goJsonString } from '../../base';
import { asFailure, isNotFound, type Session } from '../session';
import { fetchInfo, type Info, type LoadedInfo } from './info';
import type { ListTarget, Targets } from './targets';

/** What loading gave: objects in order, and what could not be had. */
export interface Loaded {
  readonly infos: readonly LoadedInfo[];
  readonly errors: readonly Error[];
}

/** How to load: files' objects afresh from the server or as they are; NotFound forgiven or not; stop at an error or go on. */
export interface LoadRules {
  readonly latest?: boolean;
  readonly ignoreNotFound?: boolean;
  readonly continueOnError?: boolean;
  readonly subresource?: string;
}

/** Loads the objects that targets point at. */
export async function loadTargets(session: Session, targets: Targets, rules: LoadRules): Promise<Loaded> {
  const infos: LoadedInfo[] = [];
  const errors: Error[] = [...targets.errors];
  const attempt = async (work: () => Promise<readonly LoadedInfo[]>) => {
    if (errors.length > 0 && !rules.continueOnError) return;
    try {
      infos.push(...(await work()));
    } catch (error) {
      if (rules.ignoreNotFound && isNotFound(error)) return;
      errors.push(asFailure(error));
    }
  };
  for (const target of targets.lists) {
    await attempt(async () => {
      const list = await session.client
        .list(target.resource, target.namespace, selectors(target))
        .catch((error: unknown) => Promise.reject(withSelectors(error, target)));
      return list.items.map((item) => listed(target.resource, item));
    });
  }
  for (const info of targets.infos) {
    await attempt(async () => {
      const object =
        info.object && !rules.latest ? info.object : await fetchInfo(session, info, rules.subresource);
      return [{ ...info, object }];
    });
  }
  return { infos, errors };
}

/** What was asked for, before the server's words against it (resource.Selector). */
export function withSelectors(
  error: unknown,
  { resource, labelSelector, fieldSelector }: ListTarget,
): unknown {
  if (!(error instanceof StatusError) || (error.code !== 400 && error.code !== 404)) return error;
  const what = `"${resource.group}/${resource.version}, Resource=${resource.resource}"`;
  const words =
    labelSelector === '' && fieldSelector === ''
      ? `Unable to list ${what}`
      : `Unable to find ${what} that match label selector ${goJsonString(labelSelector)}, field selector ${goJsonString(fieldSelector)}`;
  return new StatusError({ ...error.status, message: `${words}: ${error.message}` });
}

/** A list's item, with the kind and apiVersion that lists may leave out. */
function listed(resource: Info['resource'], item: KubeObject): LoadedInfo {
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  const object = item.kind ? item : { ...item, apiVersion, kind: resource.kind };
  return {
    resource,
    namespace: item.metadata.namespace ?? '',
    name: item.metadata.name ?? '',
    source: '',
    object,
  };
}

/** The selectors of a list, absent where empty. */
export function selectors(target: { readonly labelSelector: string; readonly fieldSelector: string }): {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
} {
  return {
    ...(target.labelSelector === '' ? {} : { labelSelector: target.labelSelector }),
    ...(target.fieldSelector === '' ? {} : { fieldSelector: target.fieldSelector }),
  };
}
