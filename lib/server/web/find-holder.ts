import type { Leases } from '../lease';

/**
 * Who answers for a workspace: we do, another process has taken the request already, nobody does (a process has the lease and
 * cannot be reached), or whoever asked has gone.
 */
export type Holder = 'ours' | 'taken' | 'nobody' | 'gone';

/**
 * Takes a workspace, or lets the process that has it answer. Where that one is dead the request waits here until its lease has run
 * out, and is not sent away: a refusal is what a proxy would take for a failure of the process that refused. `handTo` says
 * whether somebody was there.
 */
export async function findHolder(
  leases: Pick<Leases, 'take' | 'outlive'>,
  workspaceId: string,
  handTo: (address: string) => Promise<boolean>,
  gone: AbortSignal,
): Promise<Holder> {
  try {
    const other = await leases.take(workspaceId, gone);
    if (other === undefined) return gone.aborted ? 'gone' : 'ours';
    if (await handTo(other)) return 'taken';
    const heir = await leases.outlive(workspaceId, other, gone);
    if (heir === undefined) return gone.aborted ? 'gone' : 'ours';
    return (await handTo(heir)) ? 'taken' : 'nobody';
  } catch (error) {
    if (gone.aborted) return 'gone';
    throw error;
  }
}
