import { ownData } from '../../../lib/server';

/** The asking learner's data as a file. */
export async function GET(): Promise<Response> {
  const own = await ownData();
  if (own === undefined) return new Response('Nothing is kept of you.\n', { status: 404 });
  const data = await own.export();
  return new Response(`${JSON.stringify(data, undefined, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="portside-${data.exportedAt.slice(0, 10)}.json"`,
      'Cache-Control': 'no-store',
    },
  });
}
