import { type SelfSubjectReview, StatusError } from '../../../api';
import { alignTabs } from '../../../base';
import { text } from '../../flags';
import { authWhoamiManual } from '../../manual';
import { objectPrinter, TABLE_TABS } from '../../printers';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';

/** `kubectl auth whoami`. */
export const whoAmI: Command<ParsedArgs> = {
  ...authWhoamiManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const print =
      text(args, 'output') === '' && text(args, 'template') === '' ? table : objectPrinter(session);
    await session.out(print(await review(session)));
    return 0;
  },
};

async function review(session: Session): Promise<SelfSubjectReview> {
  const body: SelfSubjectReview = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
    metadata: {},
  };
  const ref = { group: 'authentication.k8s.io', version: 'v1', resource: 'selfsubjectreviews' };
  try {
    return (await session.heed(await session.client.create(ref, '', body))) as SelfSubjectReview;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const missing = 'the selfsubjectreviews API is not enabled in the cluster';
    if (error.reason === 'NotFound') throw fail(missing);
    if (error.reason === 'Forbidden') throw fail(`${missing} or you do not have permission to call it`);
    throw error;
  }
}

function table(review: unknown): string {
  const {
    username = '',
    uid = '',
    groups = [],
    extra = {},
  } = (review as SelfSubjectReview).status?.userInfo ?? {};
  const rows = [
    'ATTRIBUTE\tVALUE\n',
    ...(username === '' ? [] : [`Username\t${username}\n`]),
    ...(uid === '' ? [] : [`UID\t${uid}\n`]),
    ...(groups.length === 0 ? [] : [`Groups\t[${groups.join(' ')}]\n`]),
    ...Object.keys(extra)
      .sort()
      .map((key) => `Extra: ${key}\t[${(extra[key] ?? []).join(' ')}]\n`),
  ];
  return alignTabs(rows.join(''), TABLE_TABS);
}
