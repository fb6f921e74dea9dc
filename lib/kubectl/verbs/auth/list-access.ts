import type { PolicyRule, SelfSubjectRulesReview } from '../../../api';
import { alignTabs } from '../../../base';
import { policyRows } from '../../describe';
import { bool } from '../../flags';
import { TABLE_TABS } from '../../printers';
import type { Session } from '../../session';

const HEADERS = 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';

/** `kubectl auth can-i --list`: all that the user may do in the namespace. */
export async function listAccess(session: Session): Promise<number> {
  const review: SelfSubjectRulesReview = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    metadata: {},
    spec: { namespace: session.namespace },
  };
  const ref = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectrulesreviews' };
  const answer = await session.client.create(ref, '', review);
  const { status } = (await session.heed(answer)) as SelfSubjectRulesReview;
  const {
    resourceRules = [],
    nonResourceRules = [],
    incomplete = false,
    evaluationError = '',
  } = status ?? {};
  if (incomplete) await session.err(`Warning: the list may be incomplete: ${evaluationError}\n`);
  const rows = policyRows([...(resourceRules as readonly PolicyRule[]), ...nonResourceRules]);
  const lines = bool(session.args, 'no-headers') ? rows : [HEADERS, ...rows];
  await session.out(alignTabs(lines.join(''), TABLE_TABS));
  return 0;
}
