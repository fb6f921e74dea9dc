import type { Pod } from '../../api';
import type { Workspace } from '../../workspace';
import type { Inspection } from '../protocol';

/** What a panel holds of a long log. */
const LOG_LINES = 200;

/** What kubectl on the admin machine tells of an object, asked on a copy: nothing of it is in the learner's history. */
export async function inspectObject(workspace: Workspace, inspection: Inspection): Promise<string> {
  const copy = workspace.fork();
  let text = '';
  const take = (part: string) => {
    text += part;
  };
  try {
    await copy.run(commandFor(inspection, copy), { out: take, err: take });
  } finally {
    copy.close();
  }
  return text;
}

/** Names were checked when the message was read: nothing in them means anything to a shell. */
function commandFor({ view, resource, namespace, name }: Inspection, { view: objects }: Workspace): string {
  const there = namespace === '' ? '' : ` -n ${namespace}`;
  switch (view) {
    case 'describe':
      return `kubectl describe ${resource} ${name}${there}`;
    case 'yaml':
      return `kubectl get ${resource} ${name}${there} -o yaml`;
    case 'events':
      return `kubectl events${there} --for ${resource}/${name}`;
    case 'logs': {
      const pod = objects.get<Pod>('pods', namespace, name);
      const containers = [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
      // Whose line it is need not be said where only one can have written it.
      const all = containers.length > 1 ? ' --all-containers --prefix' : '';
      return `kubectl logs ${name}${there}${all} --tail=${LOG_LINES}`;
    }
  }
}
