import { cohorts, somebody } from '../../../../../lib/server';
import { download } from '../../../_components/download';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

/** Everything that a cohort keeps, or all of one person with `?user=`. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id } = await params;
  const asker = await somebody();
  const user = new URL(request.url).searchParams.get('user');
  return user === null
    ? download('cohort.json', () => cohorts().exportCohort(asker, id))
    : download('person.json', () => cohorts().exportPerson(asker, id, user));
}
