import { cohorts, eventStream, type FollowNews, somebody } from '../../../../../../lib/server';

interface Props {
  readonly params: Promise<{ readonly id: string; readonly workspace: string }>;
}

/** What a learner's terminal shows, for as long as they agree. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, workspace } = await params;
  return eventStream<FollowNews>(
    async (tell) => cohorts().follow(await somebody(), id, workspace, tell),
    request.signal,
  );
}
