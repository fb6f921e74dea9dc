import { notFound } from 'next/navigation';
import { AppError, type CohortView, cohorts, type Guest, somebody } from '../../../lib/server';

/** What a page of a cohort asks for; who may not see it finds nothing there. */
export async function orNotFound<T>(work: (asker: Guest) => Promise<T>): Promise<T> {
  try {
    return await work(await somebody());
  } catch (error) {
    if (error instanceof AppError && ['not-found', 'forbidden', 'no-guest'].includes(error.code)) notFound();
    throw error;
  }
}

/** The cohort of a page. */
export const openCohort = (id: string): Promise<CohortView> =>
  orNotFound((asker) => cohorts().page(asker, id));
