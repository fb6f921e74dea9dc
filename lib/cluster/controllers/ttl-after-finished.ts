import type { Job } from '../../api';
import { parseTime } from '../../base';
import type { Controller } from '../seams';
import { conditionsOf } from './conditions';
import { ownKey, splitKey } from './keys';
import { planOf, REST } from './plan';
import { REFS } from './refs';

/** Deletes finished Jobs when their time to live is over, if they have one. */
export const ttlAfterFinished: Controller = {
  name: 'ttl-after-finished-controller',
  watches: [ownKey('jobs.batch')],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const job = view.get<Job>('jobs.batch', namespace, name);
    const seconds = job?.spec?.ttlSecondsAfterFinished;
    const end = conditionsOf(job?.status).find(
      (each) => (each.type === 'Complete' || each.type === 'Failed') && each.status === 'True',
    );
    const at = parseTime(end?.lastTransitionTime ?? '');
    if (job?.metadata.deletionTimestamp !== undefined || seconds === undefined || at === undefined)
      return REST;
    const left = at + seconds * 1000 - now;
    if (left > 0) return planOf([], left);
    const options = { propagationPolicy: 'Foreground' } as const;
    return planOf([{ verb: 'delete', ref: REFS.jobs, namespace, name, options }]);
  },
};
