import { badRequest, type DeleteOptions, type KubeObject } from '../../../api';
import { field, type Request } from '../context';
import { deleteObject } from '../remove';
import { success } from './success';

/** POST pods/x/eviction: a deletion that budgets may refuse. */
export function evictPod(
  request: Request,
  name: string,
  eviction: KubeObject,
  dryRun: boolean | undefined,
): KubeObject {
  const named = eviction.metadata.name ?? '';
  if (named !== '' && named !== name) throw badRequest('name in URL does not match name in Eviction object');
  const grace = field(eviction, 'deleteOptions', 'gracePeriodSeconds');
  const options: DeleteOptions = {
    dryRun,
    ...(typeof grace === 'number' ? { gracePeriodSeconds: grace } : {}),
  };
  deleteObject(request, name, options);
  return success();
}
