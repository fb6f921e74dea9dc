import { urlCovers } from '../../../api';
import { type Attributes, fullResource, type PolicyRule } from './attributes';

const ALL = '*';
const NONE: readonly string[] = [];

/** Whether one rule allows a request (rbac.RuleAllows). */
export function ruleAllows(rule: PolicyRule, attributes: Attributes): boolean {
  const { verbs, apiGroups = NONE, resourceNames = NONE } = rule;
  if (!holds(verbs, attributes.verb)) return false;
  if (attributes.path !== undefined) return urlMatches(rule.nonResourceURLs ?? NONE, attributes.path);
  return (
    holds(apiGroups, attributes.group) &&
    resourceMatches(rule.resources ?? NONE, fullResource(attributes), attributes.subresource) &&
    (resourceNames.length === 0 || resourceNames.includes(attributes.name))
  );
}

const holds = (allowed: readonly string[], asked: string): boolean =>
  allowed.includes(ALL) || allowed.includes(asked);

function resourceMatches(resources: readonly string[], asked: string, subresource: string): boolean {
  if (holds(resources, asked)) return true;
  return subresource !== '' && resources.includes(`*/${subresource}`);
}

function urlMatches(urls: readonly string[], path: string): boolean {
  return urls.some((url) => url === ALL || urlCovers(url, path));
}
