import { forbidden, goQuote, StatusError } from '../../../api';
import { type Attributes, fullResource } from './attributes';

/** 403 in the words of responsewriters.ForbiddenStatusError; `reason` may be empty. */
export function forbiddenBy(attributes: Attributes, reason: string): StatusError {
  const why = reason === '' ? sentence(attributes) : `${sentence(attributes)}: ${reason}`;
  if (attributes.path === undefined) {
    return forbidden(attributes.resource, attributes.group, attributes.name, why);
  }
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `forbidden: ${why}`,
    reason: 'Forbidden',
    details: {},
    code: 403,
  });
}

function sentence(attributes: Attributes): string {
  const { user, verb, group, namespace, path } = attributes;
  const who = `User ${goQuote(user.user)} cannot ${verb}`;
  if (path !== undefined) return `${who} path ${goQuote(path)}`;
  const what = `resource ${goQuote(fullResource(attributes))} in API group ${goQuote(group)}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(namespace)}`;
  return `${who} ${what} ${where}`;
}
