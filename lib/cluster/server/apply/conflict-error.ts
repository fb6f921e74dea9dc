import { StatusError } from '../../../api';
import type { Conflict } from './apply-fields';
import { pathText } from './field-set';
import { identifierOf, type Managed } from './managers';

/** 409: which fields are somebody else's (NewConflictError). */
export function conflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ managed, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(managed)}`,
    field: pathText(path),
  }));
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: conflictMessage(conflicts),
    reason: 'Conflict',
    details: { causes },
    code: 409,
  });
}

/** One conflict on one line; more are grouped by their managers. */
function conflictMessage(conflicts: readonly Conflict[]): string {
  const [only] = conflicts;
  if (only && conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${managerText(only.managed)}: ${pathText(only.path)}`;
  }
  const managers = new Map(conflicts.map(({ managed }) => [identifierOf(managed), managed]));
  const lines = [...managers].flatMap(([id, managed]) => [
    `conflicts with ${managerText(managed)}:`,
    ...conflicts.filter((each) => identifierOf(each.managed) === id).map(({ path }) => `- ${pathText(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager, operation, apiVersion, subresource }: Managed): string {
  const name =
    JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
