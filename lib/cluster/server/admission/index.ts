import type { KubeObject, Pod } from '../../../api';
import type { Request } from '../context';
import { checkNamespace } from './namespace-lifecycle';
import { admitPriority, admitTolerations } from './pod-defaults';
import { admitServiceAccount } from './service-account';

/** The admission plugins of a create, in the API server's order. */
export function admitCreate(request: Request, object: KubeObject): KubeObject {
  checkNamespace(request, object.metadata.name ?? '');
  if (request.kind.group !== '' || request.kind.plural !== 'pods') return object;
  const withAccount = admitServiceAccount(request, object as Pod);
  return admitPriority(request, admitTolerations(withAccount));
}
