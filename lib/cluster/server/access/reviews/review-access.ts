import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
} from '../../../../api';
import { badRequest } from '../../../../api';
import type { Identity } from '../../../seams';
import type { Request } from '../../context';
import { type Attributes, type PolicyRule, pathAttributes } from '../attributes';
import { aggregate, decide } from '../decide';
import { nodeOf } from '../node-authorizer';

type Spec = NonNullable<SelfSubjectAccessReview['spec']>;
type Status = NonNullable<SubjectAccessReview['status']>;

/** May the asker do this? */
export function reviewSelf(request: Request, { spec }: SelfSubjectAccessReview): Status {
  return answer(request, request.identity, spec ?? {});
}

/** May whoever the spec names do this? */
export function reviewSubject(
  request: Request,
  { spec }: SubjectAccessReview | LocalSubjectAccessReview,
): Status {
  const { user = '', groups = [], uid, extra } = spec ?? {};
  return answer(request, { user, groups, uid, extra }, spec ?? {});
}

function answer({ context }: Request, user: Identity, spec: Spec): Status {
  const { allowed, reason } = decide(context.policy(), attributesIn(user, spec));
  return reason === '' ? { allowed } : { allowed, reason };
}

/** util.ResourceAttributesFrom and NonResourceAttributesFrom. */
function attributesIn(user: Identity, { resourceAttributes, nonResourceAttributes }: Spec): Attributes {
  if (!resourceAttributes) {
    return pathAttributes(user, nonResourceAttributes?.verb ?? '', nonResourceAttributes?.path ?? '');
  }
  const {
    verb = '',
    group = '',
    resource = '',
    subresource = '',
    namespace = '',
    name = '',
  } = resourceAttributes;
  const { fieldSelector } = resourceAttributes as { readonly fieldSelector?: Selector };
  return {
    user,
    verb,
    group,
    resource,
    subresource,
    namespace,
    name,
    fieldSelector: selectorText(fieldSelector),
  };
}

interface Selector {
  readonly requirements?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}

/** The requirements that name one value, which are all that any authorizer here looks at. */
function selectorText(selector: Selector | undefined): string | undefined {
  return selector?.requirements
    ?.filter(({ operator, values }) => operator === 'In' && values?.length === 1)
    .map(({ key, values }) => `${key}=${values?.[0]}`)
    .join(',');
}

/** What may the asker do in a namespace? */
export function reviewRules({ context, identity }: Request, { spec }: SelfSubjectRulesReview) {
  const namespace = spec?.namespace ?? '';
  if (namespace === '') throw badRequest('no namespace on request');
  const { store, index } = context.policy();
  const { grants, errors } = index.grantedTo(store, identity, namespace);
  const incomplete = nodeOf({ user: identity }) !== undefined;
  const problems = [
    ...(incomplete ? ['node authorizer does not support user rule resolution'] : []),
    ...(errors.length > 0 ? [aggregate(errors)] : []),
  ];
  const rules = grants.map(({ rule }) => rule);
  return {
    resourceRules: rules.filter(({ resources = [] }) => resources.length > 0).map(resourceRule),
    nonResourceRules: rules
      .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete,
    ...(problems.length > 0 ? { evaluationError: aggregate(problems) } : {}),
  };
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: PolicyRule) {
  return resourceNames?.length
    ? { verbs, apiGroups, resources, resourceNames }
    : { verbs, apiGroups, resources };
}
