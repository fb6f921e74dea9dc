import { type Docs, objectFields } from './docs';

const resourceAttributes = 'What would be done with which objects. Excludes nonResourceAttributes.';
const nonResourceAttributes =
  'What would be done with a path that is no resource. Excludes resourceAttributes.';

/** Tokens, and reviews of who may do what (authentication.k8s.io/v1 and authorization.k8s.io/v1). */
export const accessDocs: Docs = {
  BoundObjectReference: {
    description:
      'BoundObjectReference names an object that a token is bound to: when it goes, the token is void.',
    fields: {
      apiVersion: 'The group and version of the object.',
      kind: 'Pod, Secret or Node.',
      name: 'The name of the object.',
      uid: 'The uid of the object.',
    },
  },
  FieldSelectorAttributes: {
    description: 'FieldSelectorAttributes limits a question to objects that a field selector picks.',
    fields: {
      rawSelector: 'The selector as text. Excludes requirements.',
      requirements: 'The selector, requirement by requirement. Excludes rawSelector.',
    },
  },
  FieldSelectorRequirement: {
    description: 'FieldSelectorRequirement compares one field.',
    fields: {
      key: 'The field.',
      operator: 'In, NotIn, Exists or DoesNotExist.',
      values: 'What the field is compared with: at least one value for In and NotIn, none for the others.',
    },
  },
  LabelSelectorAttributes: {
    description: 'LabelSelectorAttributes limits a question to objects that a label selector picks.',
    fields: {
      rawSelector: 'The selector as text. Excludes requirements.',
      requirements: 'The selector, requirement by requirement. Excludes rawSelector.',
    },
  },
  LocalSubjectAccessReview: {
    description: 'LocalSubjectAccessReview asks whether somebody may do something in its namespace.',
    fields: objectFields({ spec: 'Who, and what. Its namespace must be this one.', status: 'The answer.' }),
  },
  NonResourceAttributes: {
    description: 'NonResourceAttributes is something done with a path that is no resource.',
    fields: { path: 'The path, such as /healthz.', verb: 'The HTTP method in small letters, such as get.' },
  },
  NonResourceRule: {
    description: 'NonResourceRule tells what somebody may do with paths that are no resources.',
    fields: {
      nonResourceURLs: 'The paths; * is all.',
      verbs: 'The HTTP methods in small letters; * is all.',
    },
  },
  ResourceAttributes: {
    description: 'ResourceAttributes is something done with objects.',
    fields: {
      fieldSelector: 'A field selector that limits which objects, for list, watch and deletecollection.',
      group: 'The group of the resource; empty is the core group, * all.',
      labelSelector: 'A label selector that limits which objects, for list, watch and deletecollection.',
      name: 'The name of the object; empty means all.',
      namespace: 'The namespace; empty means all, or that the resource has none.',
      resource: 'The resource, such as pods; * is all.',
      subresource: 'The subresource, such as log; empty for the object itself.',
      verb: 'What is done, such as get, list or create; * is all.',
      version: 'The version of the group; * is all.',
    },
  },
  ResourceRule: {
    description: 'ResourceRule tells what somebody may do with resources.',
    fields: {
      apiGroups: 'The groups of the resources; an empty text is the core group, * all.',
      resourceNames: 'Objects by name. Left out, all.',
      resources: 'The resources; * is all.',
      verbs: 'What may be done; * is all.',
    },
  },
  SelfSubjectAccessReview: {
    description: 'SelfSubjectAccessReview asks whether you may do something (kubectl auth can-i).',
    fields: objectFields({ spec: 'What you would do.', status: 'The answer.' }),
  },
  SelfSubjectAccessReviewSpec: {
    description: 'SelfSubjectAccessReviewSpec says what you would do.',
    fields: { nonResourceAttributes, resourceAttributes },
  },
  SelfSubjectReview: {
    description: 'SelfSubjectReview asks who you are to the API server (kubectl auth whoami).',
    fields: objectFields({ status: 'The answer.' }),
  },
  SelfSubjectReviewStatus: {
    description: 'SelfSubjectReviewStatus tells who you are.',
    fields: { userInfo: 'You, as the API server knows you.' },
  },
  SelfSubjectRulesReview: {
    description:
      'SelfSubjectRulesReview asks for all that you may do in a namespace (kubectl auth can-i --list).',
    fields: objectFields({ spec: 'Where.', status: 'The answer.' }),
  },
  SelfSubjectRulesReviewSpec: {
    description: 'SelfSubjectRulesReviewSpec says where.',
    fields: { namespace: 'The namespace. Required.' },
  },
  SubjectAccessReview: {
    description: 'SubjectAccessReview asks whether somebody may do something.',
    fields: objectFields({ spec: 'Who, and what.', status: 'The answer.' }),
  },
  SubjectAccessReviewSpec: {
    description: 'SubjectAccessReviewSpec says who would do what. A user or a group must be named.',
    fields: {
      extra: 'What else is known of the user.',
      groups: 'The groups that the user belongs to.',
      nonResourceAttributes,
      resourceAttributes,
      uid: 'The identity of the user.',
      user: 'The name of the user.',
    },
  },
  SubjectAccessReviewStatus: {
    description: 'SubjectAccessReviewStatus tells whether something may be done.',
    fields: {
      allowed: 'Whether it may be done.',
      denied:
        'Whether it is forbidden, whatever else might permit it. False with allowed false: nobody permits it.',
      evaluationError: 'What went wrong on the way to the answer, which stands all the same.',
      reason: 'Why, for a person to read.',
    },
  },
  SubjectRulesReviewStatus: {
    description: 'SubjectRulesReviewStatus lists what somebody may do.',
    fields: {
      evaluationError: 'What went wrong on the way to the answer.',
      incomplete: 'Whether there may be more than is listed.',
      nonResourceRules: 'What may be done with paths that are no resources.',
      resourceRules: 'What may be done with resources.',
    },
  },
  TokenRequest: {
    description: 'TokenRequest asks for a token of a service account.',
    fields: objectFields({ spec: 'What token is wanted.', status: 'The token.' }),
  },
  TokenRequestSpec: {
    description: 'TokenRequestSpec says what token is wanted.',
    fields: {
      audiences: 'Whom the token is for. Empty, the API server.',
      boundObjectRef: 'An object that the token is bound to.',
      expirationSeconds: 'Seconds that the token should be good for, at least 600. Defaults to 3600.',
    },
  },
  TokenRequestStatus: {
    description: 'TokenRequestStatus holds the token.',
    fields: { expirationTimestamp: 'When the token ends.', token: 'The token.' },
  },
  TokenReview: {
    description: 'TokenReview asks whether a token is good, and whose it is.',
    fields: objectFields({ spec: 'The token.', status: 'The answer.' }),
  },
  TokenReviewSpec: {
    description: 'TokenReviewSpec holds the token.',
    fields: {
      audiences: 'Whom the token should be for. Defaults to the API server.',
      token: 'The token.',
    },
  },
  TokenReviewStatus: {
    description: 'TokenReviewStatus tells whether a token is good.',
    fields: {
      audiences: 'Those of the audiences asked about that the token is for.',
      authenticated: 'Whether the token is good.',
      error: 'Why it is not.',
      user: 'Whose it is.',
    },
  },
  UserInfo: {
    description: 'UserInfo is somebody as the API server knows them.',
    fields: {
      extra: 'What else is known, by name.',
      groups: 'The groups.',
      uid: 'An identity that is never used twice.',
      username: 'The name, such as system:serviceaccount:default:web.',
    },
  },
};
