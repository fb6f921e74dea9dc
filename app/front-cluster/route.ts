import { playFrontCluster, refusalOf } from '../../lib/server';
import { sceneOf } from '../_diagram/scene';

/** What the last of these moves made happen in the front page's cluster, as scenes. */
export async function POST(request: Request): Promise<Response> {
  try {
    const { moves }: { moves?: unknown } = await request.json();
    const { said, frames } = await playFrontCluster(Array.isArray(moves) ? moves.map(String) : ['']);
    return Response.json({
      said,
      frames: frames.map(({ objects, way, afterMs }) => ({ afterMs, scene: sceneOf(objects, way) })),
    });
  } catch (error) {
    const refusal =
      error instanceof SyntaxError ? { message: 'That is no JSON.', status: 400 } : refusalOf(error);
    if (refusal === undefined) throw error;
    return Response.json({ message: refusal.message }, { status: refusal.status });
  }
}
