import { cohorts, eventStream, somebody } from '../../../../../lib/server';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

/** The board of one assignment, then what is new whenever it changes. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id } = await params;
  const work = new URL(request.url).searchParams.get('work') ?? '';
  return eventStream(async (tell) => cohorts().followBoard(await somebody(), id, work, tell), request.signal);
}
