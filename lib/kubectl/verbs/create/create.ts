import { bool, list, text } from '../../flags';
import { createManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { findTargets, type Info } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import {
  asFailure,
  fail,
  openSession,
  type Session,
  throwAll,
  usageFailure,
  withChangeCause,
  withSource,
  writeOptions,
} from '../../session';
import { editEach } from '../edit';
import { withLastApplied } from '../last-applied';
import { unversioned } from '../unversioned';
import { fieldValidation } from '../validation';
import { createConfigMap, createSecret } from './config-and-secret';
import { createDeployment } from './deployment';
import { createIngress } from './ingress';
import { createCronJob, createJob } from './jobs';
import { createNamespace, createServiceAccount } from './namespace-and-account';
import { createDisruptionBudget, createPriorityClass, createQuota } from './policies';
import { createClusterRole, createRole } from './role';
import { createClusterRoleBinding, createRoleBinding } from './role-binding';
import { createService } from './service';
import { createToken } from './token';

/** `kubectl create`. */
export const create: Command<ParsedArgs> = {
  ...createManual,
  subcommands: [
    createClusterRole,
    createClusterRoleBinding,
    createConfigMap,
    createCronJob,
    createDeployment,
    createIngress,
    createJob,
    createNamespace,
    createDisruptionBudget,
    createPriorityClass,
    createQuota,
    createRole,
    createRoleBinding,
    createSecret,
    createService,
    createServiceAccount,
    createToken,
  ],
  options(args) {
    if (args.positional.length > 0)
      return usageFailure('create', `Unexpected args: [${args.positional.join(' ')}]`);
    return list(args, 'filename').length === 0 && text(args, 'kustomize') === ''
      ? fail('must specify one of -f and -k')
      : args;
  },
  async run(args, env) {
    if (list(args, 'filename').length > 0 && text(args, 'kustomize') !== '')
      throw fail('only one of -f or -k can be specified');
    const session = openSession(args, env);
    if (text(args, 'raw') !== '') throw fail('create --raw is not available in this simulated cluster');
    const validation = fieldValidation(args);
    const targets = await findTargets(session, {
      words: [],
      validate: validation !== 'Ignore' && !bool(args, 'edit'),
    });
    const errors: Error[] = [...targets.errors];
    for (const info of targets.infos) {
      try {
        if (bool(args, 'edit')) await createEdited(session, info);
        else await createOne(session, info);
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    throwAll(errors);
    if (targets.infos.length === 0) throw fail('no objects passed to create');
    return 0;
  },
};

/** Opens the object in the editor first; what is left as it was is not created. */
async function createEdited(session: Session, info: Info): Promise<void> {
  const { object } = info;
  if (!object) return;
  await editEach(session, [{ ...info, object }], 'object', async (edited) => {
    const namespace = edited.resource.namespaced ? edited.namespace || info.namespace : '';
    await createOne(session, { ...edited, namespace, source: '' });
  });
}

async function createOne(session: Session, info: Info): Promise<void> {
  const print = objectPrinter(session, { operation: 'created' });
  if (!info.object) return;
  const given = withChangeCause(info.object, session.changeCause);
  const object = bool(session.args, 'save-config') ? withLastApplied(given) : given;
  if (session.dryRun === 'client') {
    await session.out(print(object));
    return;
  }
  try {
    const answer = await session.client.create(info.resource, info.namespace, unversioned(object), {
      ...writeOptions(session, 'kubectl-create'),
      fieldValidation: fieldValidation(session.args),
    });
    await session.out(print(await session.heed(answer)));
  } catch (error) {
    throw withSource('creating', info.source, error);
  }
}
