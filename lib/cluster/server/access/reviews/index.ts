import {
  type Answer,
  invalid,
  type KindSpec,
  type KubeObject,
  type LocalSubjectAccessReview,
  type SelfSubjectAccessReview,
  type SelfSubjectRulesReview,
  type Stored,
  type SubjectAccessReview,
  type TokenReview,
  type WriteOptions,
} from '../../../../api';
import { formatTime } from '../../../../base';
import type { Request } from '../../context';
import { decodeBody } from '../../decode';
import { matchNamespace } from '../../metadata';
import { reviewRules, reviewSelf, reviewSubject } from './review-access';
import { reviewAsker, reviewToken } from './review-identity';

const GROUPS: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Whether a kind is a question that is answered on the spot. */
export const isReview = ({ group }: KindSpec): boolean => GROUPS.has(group);

/** Answers a review; nothing is stored. */
export function answerReview(request: Request, body: KubeObject, options: WriteOptions): Answer<Stored> {
  const { kind, context } = request;
  const decoded = decodeBody(kind, body, options);
  const review = matchNamespace(request, decoded.object);
  const errors = kind.validate(review);
  // The kind is lost on the way to validation, upstream as here.
  if (errors.length > 0) throw invalid('', kind.group, '', errors);
  const status = statusOf(request, review);
  const base = kind.kind === 'SelfSubjectRulesReview' ? { ...review, metadata: {}, spec: {} } : review;
  const stamped =
    kind.kind === 'SelfSubjectReview'
      ? { ...review, metadata: { creationTimestamp: formatTime(context.clock.now()) } }
      : base;
  return { object: { ...stamped, status } as unknown as Stored, warnings: decoded.warnings, code: 201 };
}

function statusOf(request: Request, review: KubeObject): object {
  switch (review.kind) {
    case 'SelfSubjectAccessReview':
      return reviewSelf(request, review as SelfSubjectAccessReview);
    case 'SubjectAccessReview':
      return reviewSubject(request, review as SubjectAccessReview);
    case 'LocalSubjectAccessReview':
      return reviewSubject(request, review as LocalSubjectAccessReview);
    case 'SelfSubjectRulesReview':
      return reviewRules(request, review as SelfSubjectRulesReview);
    case 'TokenReview':
      return reviewToken(request, review as TokenReview);
    default:
      return reviewAsker(request);
  }
}
