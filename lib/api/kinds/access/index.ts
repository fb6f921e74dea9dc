import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SelfSubjectReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
  TokenRequest,
  TokenReview,
} from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { invalidValue } from '../validation';
import { validateAttributes, validateLocal, validateNoMetadata, validateSubject } from './validate-review';

const AUTHORIZATION = { group: 'authorization.k8s.io', version: 'v1', verbs: ['create'], columns: [] };
const AUTHENTICATION = { group: 'authentication.k8s.io', version: 'v1', verbs: ['create'], columns: [] };

/** SelfSubjectReview of authentication.k8s.io/v1: who am I? */
export const selfSubjectReviewKind = defineKind<SelfSubjectReview>({
  ...AUTHENTICATION,
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  namespaced: false,
  schema: schemaOf('SelfSubjectReview'),
  validate: () => [],
});

/** TokenReview of authentication.k8s.io/v1: whose token is this? */
export const tokenReviewKind = defineKind<TokenReview>({
  ...AUTHENTICATION,
  kind: 'TokenReview',
  plural: 'tokenreviews',
  namespaced: false,
  schema: schemaOf('TokenReview'),
  validate: () => [],
});

/** LocalSubjectAccessReview of authorization.k8s.io/v1: may somebody do this in this namespace? */
export const localSubjectAccessReviewKind = defineKind<LocalSubjectAccessReview>({
  ...AUTHORIZATION,
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  schema: schemaOf('LocalSubjectAccessReview'),
  validate: (review) => [
    ...validateSubject(review),
    ...validateNoMetadata(review, 'must be empty except for namespace'),
    ...validateLocal(review),
  ],
});

/** SelfSubjectAccessReview of authorization.k8s.io/v1: may I do this? */
export const selfSubjectAccessReviewKind = defineKind<SelfSubjectAccessReview>({
  ...AUTHORIZATION,
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  namespaced: false,
  schema: schemaOf('SelfSubjectAccessReview'),
  validate: (review) => [...validateAttributes(review.spec), ...validateNoMetadata(review)],
});

/** SelfSubjectRulesReview of authorization.k8s.io/v1: what may I do? */
export const selfSubjectRulesReviewKind = defineKind<SelfSubjectRulesReview>({
  ...AUTHORIZATION,
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  namespaced: false,
  schema: schemaOf('SelfSubjectRulesReview'),
  validate: () => [],
});

/** SubjectAccessReview of authorization.k8s.io/v1: may somebody do this? */
export const subjectAccessReviewKind = defineKind<SubjectAccessReview>({
  ...AUTHORIZATION,
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  namespaced: false,
  schema: schemaOf('SubjectAccessReview'),
  validate: (review) => [...validateSubject(review), ...validateNoMetadata(review)],
});

/** Lifetimes of tokens: an hour unless something else is asked for, ten minutes at least. */
const DEFAULT_TOKEN_SECONDS = 3600;
const LEAST_TOKEN_SECONDS = 600;
const MOST_TOKEN_SECONDS = 2 ** 32;

/** TokenRequest of authentication.k8s.io/v1: what `serviceaccounts/token` speaks. */
export const tokenRequestKind = defineKind<TokenRequest>({
  ...AUTHENTICATION,
  kind: 'TokenRequest',
  plural: 'tokenrequests',
  schema: schemaOf('TokenRequest'),
  setDefaults: (request) => ({
    ...request,
    spec: { ...request.spec, expirationSeconds: request.spec?.expirationSeconds ?? DEFAULT_TOKEN_SECONDS },
  }),
  validate: ({ spec }) => {
    const seconds = spec?.expirationSeconds ?? 0;
    const problem =
      seconds < LEAST_TOKEN_SECONDS
        ? 'may not specify a duration less than 10 minutes'
        : seconds > MOST_TOKEN_SECONDS
          ? 'may not specify a duration larger than 2^32 seconds'
          : undefined;
    return problem === undefined ? [] : [invalidValue('spec.expirationSeconds', seconds, problem)];
  },
});
