import { ownData } from '../../../../lib/server';

/** Forgets the asking learner. The cookie goes by itself: nobody is known by it any more. */
export async function POST(): Promise<Response> {
  await (await ownData())?.delete();
  return new Response(null, { status: 303, headers: { Location: '/progress?deleted=1' } });
}
